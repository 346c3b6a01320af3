// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/handbook.h"

#include "ui/actions.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>

#include <algorithm>

namespace ui
{

namespace
{

constexpr int kTitleWorth = 1000;
constexpr int kExcerpt = 90;

QString firstHeading(const QString& markdown)
{
    for (const QString& line : markdown.split('\n'))
        if (line.startsWith("# "))
            return line.mid(2).trimmed();
    return {};
}

QString withoutMarkup(QString line)
{
    static const QRegularExpression marks(R"(^[#\-\s|]+|[*`|])");
    return line.remove(marks).simplified();
}

/// Around the first word, cut at blanks.
QString excerptOf(const QString& line, const QString& word)
{
    const QString text = withoutMarkup(line);
    if (text.size() <= kExcerpt)
        return text;
    qsizetype from = std::max<qsizetype>(0, text.indexOf(word, 0, Qt::CaseInsensitive) - 30);
    from = from == 0 ? 0 : text.indexOf(' ', from) + 1;
    qsizetype to = std::min(text.size(), from + kExcerpt);
    to = to == text.size() ? to : text.lastIndexOf(' ', to);
    return (from > 0 ? QStringLiteral("… ") : QString()) + text.mid(from, to - from) +
           (to < text.size() ? QStringLiteral(" …") : QString());
}

/// How well a page answers, and where; absent unless it has all words.
std::optional<std::pair<int, HandbookHit>> answer(const HandbookPage& page, int index,
                                                  const QStringList& words)
{
    int score = 0;
    for (const QString& word : words) {
        const auto times = page.markdown.count(word, Qt::CaseInsensitive);
        if (times == 0)
            return std::nullopt;
        score += static_cast<int>(times) +
                 (page.title.contains(word, Qt::CaseInsensitive) ? kTitleWorth : 0);
    }
    qsizetype most = 0;
    QString best;
    for (const QString& line : page.markdown.split('\n')) {
        const auto found = std::ranges::count_if(
            words, [&](const QString& word) { return line.contains(word, Qt::CaseInsensitive); });
        if (found > most && !line.startsWith("# ")) {
            most = found;
            best = line;
        }
    }
    return std::pair{score, HandbookHit{index, excerptOf(best, words.front())}};
}

} // namespace

std::vector<HandbookPage> readHandbook(const QString& folder)
{
    static const QRegularExpression number(R"(^\d+-)");
    std::vector<HandbookPage> pages;
    for (const QFileInfo& info : QDir(folder).entryInfoList({"*.md"}, QDir::Files, QDir::Name)) {
        QFile file(info.filePath());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        HandbookPage page;
        page.id = info.completeBaseName().remove(number);
        page.markdown = QString::fromUtf8(file.readAll());
        page.title = firstHeading(page.markdown);
        pages.push_back(std::move(page));
    }
    return pages;
}

HandbookPage keysPage(const Actions& actions)
{
    HandbookPage page{"keys", QObject::tr("Keys"), {}};
    page.markdown = "# " + page.title + "\n\n";
    for (const QString& group : actions.groups()) {
        QString rows;
        for (const ActionSpec& spec : actions.specs())
            if (const QString keys = keysText(spec); spec.group == group && !keys.isEmpty())
                rows += QString("- **%1** – %2\n").arg(keys, spec.text);
        if (!rows.isEmpty())
            page.markdown += QString("## %1\n\n%2\n").arg(group, rows);
    }
    return page;
}

std::vector<HandbookHit> searchHandbook(const std::vector<HandbookPage>& pages, const QString& text)
{
    const QStringList words = text.split(' ', Qt::SkipEmptyParts);
    std::vector<std::pair<int, HandbookHit>> answers;
    for (std::size_t i = 0; i < pages.size() && !words.isEmpty(); ++i)
        if (auto found = answer(pages[i], static_cast<int>(i), words))
            answers.push_back(std::move(*found));
    std::ranges::stable_sort(answers, std::ranges::greater(),
                             [](const auto& one) { return one.first; });
    std::vector<HandbookHit> hits;
    for (auto& found : answers)
        hits.push_back(std::move(found.second));
    return hits;
}

} // namespace ui
