// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data_source.h"

#include "core/base/error.h"
#include "ui/panels/data_section.h"
#include "ui/session.h"

#include "tests/support/fake_network.h"

#include <gtest/gtest.h>

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace ui;

namespace
{

core::Dataset tinyMnist()
{
    core::Dataset data;
    data.name = "MNIST";
    data.pixels.assign(3 * 784, 0);
    data.labels = {1, 2, 3};
    return data;
}

DataCalls loading()
{
    DataCalls calls;
    calls.load = [](const std::filesystem::path& folder) {
        if (folder == "/empty")
            throw core::Error(core::ErrorKind::DataMissing, "/empty holds no MNIST.");
        return tinyMnist();
    };
    return calls;
}

/// Reports half of the bytes, then goes on until it is stopped.
bool endlessDownload(const std::filesystem::path&, const core::ProgressObserver& observer,
                     std::stop_token stop)
{
    observer({"train-images", 5'000'000, 10'000'000});
    while (!stop.stop_requested())
        std::this_thread::yield();
    return false;
}

} // namespace

TEST(DataSource, HandsOverWhatItRead)
{
    DataSource source("/downloads", loading());
    core::DatasetPointer loaded;
    QObject::connect(&source, &DataSource::loaded,
                     [&](core::DatasetPointer data) { loaded = std::move(data); });
    source.load("/mnist");
    EXPECT_EQ(source.state(), DataSource::State::Loading);
    ASSERT_TRUE(QTest::qWaitFor([&] { return loaded != nullptr; }));
    EXPECT_EQ(loaded->size(), 3);
    EXPECT_EQ(source.folder(), "/mnist");
    EXPECT_EQ(source.state(), DataSource::State::Idle);
}

TEST(DataSource, SaysWhyThereIsNothing)
{
    DataSource source("/downloads", loading());
    QSignalSpy loaded(&source, &DataSource::loaded);
    source.load("/empty");
    ASSERT_TRUE(QTest::qWaitFor([&] { return source.state() == DataSource::State::Idle; }));
    EXPECT_EQ(source.error(), "/empty holds no MNIST.");
    EXPECT_EQ(loaded.count(), 0);
    source.load("/mnist");
    EXPECT_TRUE(source.error().isEmpty()) << "an old error does not outlive a new attempt";
}

TEST(DataSource, ReadsWhatWasDownloaded)
{
    DataCalls calls = loading();
    calls.download = [](const std::filesystem::path& folder, const core::ProgressObserver&,
                        std::stop_token) { return folder == "/downloads"; };
    DataSource source("/downloads", calls);
    QSignalSpy loaded(&source, &DataSource::loaded);
    source.download();
    ASSERT_TRUE(QTest::qWaitFor([&] { return loaded.count() == 1; }));
    EXPECT_EQ(source.folder(), "/downloads");
}

TEST(DataSource, ShowsProgressAndStops)
{
    DataCalls calls = loading();
    calls.download = endlessDownload;
    DataSource source("/downloads", calls);
    source.download();
    ASSERT_TRUE(QTest::qWaitFor([&] { return source.progress().done == 5'000'000; }));
    EXPECT_EQ(source.state(), DataSource::State::Downloading);
    source.stop();
    ASSERT_TRUE(QTest::qWaitFor([&] { return source.state() == DataSource::State::Idle; }));
    EXPECT_TRUE(source.error().isEmpty()) << "stopping is no failure";
}

TEST(DataSection, OffersTheDownloadOnlyWhereMnistIsAbsent)
{
    Session session(1, fakeCalls(std::make_shared<FakeControl>()));
    DataCalls calls = loading();
    calls.download = endlessDownload;
    DataSource source("/downloads", calls);
    QObject::connect(&source, &DataSource::loaded, &session, &Session::setDataset);
    DataSection section(session, source);
    section.show();
    const auto buttons = section.findChildren<QPushButton*>();
    ASSERT_EQ(buttons.size(), 3);
    QPushButton* download = buttons[0];
    QPushButton* stop = buttons[2];
    EXPECT_TRUE(download->isVisible());
    EXPECT_FALSE(stop->isVisible());

    download->click();
    ASSERT_TRUE(QTest::qWaitFor([&] { return source.progress().total > 0; }));
    EXPECT_FALSE(download->isVisible());
    EXPECT_EQ(section.findChild<QProgressBar*>()->value(), 500);
    stop->click();
    ASSERT_TRUE(QTest::qWaitFor([&] { return download->isVisible(); }));

    source.load("/mnist");
    ASSERT_TRUE(QTest::qWaitFor([&] { return !session.dataset()->synthetic; }));
    EXPECT_FALSE(download->isVisible());
    EXPECT_EQ(section.findChild<QLabel*>()->text(), "MNIST test, 3 images");
}
