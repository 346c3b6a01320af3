// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QComboBox;
class QVBoxLayout;

namespace ui
{

class Session;

/// Lets the person choose the reference among the open models: a list for a toolbar, and, where
/// there is none yet, a button a model.
class ReferenceOffer : public QWidget
{
    Q_OBJECT

public:
    explicit ReferenceOffer(Session& session, QWidget* parent = nullptr);

    QComboBox* combo() const { return m_combo; } ///< to be placed by the view
    void setOffering(bool offering);             ///< shows the buttons

private:
    void fill();
    void fillCombo();
    void fillButtons();

    Session& m_session;
    QComboBox* m_combo;
    QVBoxLayout* m_buttons;
    bool m_offering = false;
};

} // namespace ui
