// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace ui
{

class Actions;

struct HandbookPage {
    QString id;       ///< "class-heatmap": the file's name without its number
    QString title;    ///< the first heading
    QString markdown; ///< all of it, with the heading
};

/// The pages of a folder, in the order of their files' names ("23-class-heatmap.md").
std::vector<HandbookPage> readHandbook(const QString& folder);

/// The table of actions as a page.
HandbookPage keysPage(const Actions& actions);

struct HandbookHit {
    int page = 0;
    QString excerpt; ///< the line that answers best, without markup
    bool operator==(const HandbookHit&) const = default;
};

/// The pages with all words of `text`, those first that have them in their title, then those that
/// have them most often. Empty text finds nothing.
std::vector<HandbookHit> searchHandbook(const std::vector<HandbookPage>& pages,
                                        const QString& text);

} // namespace ui
