// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QToolButton;
class QVBoxLayout;

namespace ui
{

/// A part of a panel under a heading that folds it.
class Section : public QWidget
{
    Q_OBJECT

public:
    /// `id` is what settings call it.
    Section(QString id, const QString& title, QWidget* parent = nullptr);

    const QString& id() const { return m_id; }
    void setTitle(const QString& title);
    bool folded() const;
    void setFolded(bool folded);
    QVBoxLayout* body() const { return m_bodyLayout; }
    /// Whether a person can see it, so that what it shows is worth computing.
    bool open() const { return isVisible() && !folded(); }

signals:
    void openChanged(); ///< folded, unfolded, shown or hidden

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void showIcon();

    QString m_id;
    QToolButton* m_header;
    QWidget* m_body;
    QVBoxLayout* m_bodyLayout;
};

} // namespace ui
