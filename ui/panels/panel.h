// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;
class QVBoxLayout;

namespace ui
{

class IconButton;

/// A titled part of a side column. Its body can be folded away, which leaves the title.
class Panel : public QWidget
{
    Q_OBJECT

public:
    Panel(const QString& title, QWidget* parent = nullptr);

    bool folded() const;
    void setFolded(bool folded);

signals:
    void foldedChanged(bool folded);

protected:
    QVBoxLayout* body() const { return m_bodyLayout; }
    void addHeaderWidget(QWidget* widget); ///< at the right end of the title

private:
    QHBoxLayout* m_header;
    IconButton* m_fold;
    QWidget* m_body;
    QVBoxLayout* m_bodyLayout;
};

} // namespace ui
