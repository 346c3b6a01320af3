// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/run_data.h"

#include "core/data/mnist.h"
#include "core/data/sample_digits.h"

namespace ui
{

RunDataLoader::RunDataLoader(Load load, QObject* parent) : QObject(parent), m_load(std::move(load))
{
    connect(&m_job, &Job::failed, this, &RunDataLoader::failed);
}

void RunDataLoader::load(const std::optional<std::filesystem::path>& folder,
                         core::DatasetPointer test)
{
    m_job.start([load = m_load, folder, test](std::stop_token) { return load(folder, test); },
                [this](core::RunData data) { emit loaded(std::move(data)); });
}

core::RunData RunDataLoader::loadRunData(const std::optional<std::filesystem::path>& folder,
                                         core::DatasetPointer test)
{
    // The command line's samples, so that a run of one can be resumed by the other.
    constexpr int kSampleTrain = 10'000;
    constexpr std::uint64_t kSampleSeed = 1;
    if (!folder)
        return {std::make_shared<core::Dataset>(
                    core::sampleDigits(kSampleTrain, kSampleSeed, core::Split::Train)),
                std::move(test)};
    const auto found = core::findMnist(*folder);
    return {std::make_shared<core::Dataset>(
                core::loadMnist(found.value_or(*folder), core::Split::Train)),
            std::move(test)};
}

} // namespace ui
