// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/mailbox.h"

#include <gtest/gtest.h>

#include <QTest>

#include <thread>
#include <vector>

using ui::Mailbox;

TEST(Mailbox, DeliversOnlyTheLatestOfABurst)
{
    QObject receiver;
    std::vector<int> seen;
    Mailbox<int> mailbox(&receiver, [&](int value) { seen.push_back(value); });
    std::thread([&] {
        for (int i = 1; i <= 1000; ++i)
            mailbox.post(i);
    }).join();
    EXPECT_TRUE(seen.empty()) << "delivery waits for the receiver's event loop";
    QTest::qWait(1);
    EXPECT_EQ(seen, std::vector<int>{1000});
    mailbox.post(7);
    QTest::qWait(1);
    EXPECT_EQ(seen, (std::vector<int>{1000, 7}));
}

TEST(Mailbox, ClearDropsWhatIsUnderway)
{
    QObject receiver;
    std::vector<int> seen;
    Mailbox<int> mailbox(&receiver, [&](int value) { seen.push_back(value); });
    mailbox.post(1);
    mailbox.clear();
    QTest::qWait(1);
    EXPECT_TRUE(seen.empty());
}

TEST(Mailbox, DeliversNothingAfterItsEnd)
{
    QObject receiver;
    bool delivered = false;
    {
        Mailbox<int> mailbox(&receiver, [&](int) { delivered = true; });
        mailbox.post(1);
    }
    QTest::qWait(1);
    EXPECT_FALSE(delivered);
}
