// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLayout>

#include <vector>

namespace ui
{

/// Controls in a row that goes on in a next one where the width ends, so that it never decides how
/// wide a window has to be. Each control has the width that it would like, at most the row's.
class WrapLayout : public QLayout
{
    Q_OBJECT

public:
    explicit WrapLayout(QWidget* parent = nullptr);
    ~WrapLayout() override;

    /// Stays at the right end of the first row.
    void addAtEnd(QWidget* widget);

    void addItem(QLayoutItem* item) override;
    int count() const override;
    QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;

    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override; ///< all in one row
    QSize minimumSize() const override;
    void setGeometry(const QRect& place) override;

private:
    enum class Deed { Measure, Place };
    int arrange(const QRect& place, Deed deed) const; ///< returns the height
    QLayoutItem* shownEnd() const;

    std::vector<QLayoutItem*> m_items;
    QLayoutItem* m_end = nullptr; ///< one of m_items
};

} // namespace ui
