// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLineEdit;
class QPushButton;

namespace ui
{

/// Asks for a storage of studies: a file or a server.
class StudyDialog : public QDialog
{
    Q_OBJECT

public:
    explicit StudyDialog(const std::string& url, QWidget* parent = nullptr);

    QLineEdit* field() const { return m_field; }
    QPushButton* openButton() const { return m_open; }

signals:
    void chosen(const std::string& url);

private:
    void browse();

    QLineEdit* m_field;
    QPushButton* m_open;
};

} // namespace ui
