// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QToolButton>

namespace ui
{

/// The icon `name` from the resources in the tone of the theme.
QIcon themedIcon(const QString& name, const QPalette& palette);

/// A quiet button that shows an icon in the theme's tone; `label` is its tooltip and its name for a
/// screen reader.
class IconButton : public QToolButton
{
    Q_OBJECT

public:
    IconButton(QString icon, const QString& label, QWidget* parent = nullptr);
    void setIconName(const QString& icon);

protected:
    void changeEvent(QEvent* event) override;

private:
    QString m_icon;
};

} // namespace ui
