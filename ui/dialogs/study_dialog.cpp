// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/study_dialog.h"

#include "ui/panels/form_rows.h"

#include <QDialogButtonBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui
{

StudyDialog::StudyDialog(const std::string& url, QWidget* parent)
    : QDialog(parent), m_field(new QLineEdit(QString::fromStdString(url)))
{
    setWindowTitle(tr("Open a storage of studies"));
    auto* about = formLabel("");
    about->setText(tr("An SQLite file or a PostgreSQL server that Caddie or Optuna keeps studies "
                      "in. Studies that somebody else is working on are followed live."));
    m_field->setAccessibleName(tr("Storage"));
    m_field->setPlaceholderText(tr("studies.db, or postgresql://USER:PASSWORD@HOST/DATABASE"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    auto* choose = buttons->addButton(tr("Choose a file\u2026"), QDialogButtonBox::ActionRole);
    m_open = buttons->addButton(tr("Open"), QDialogButtonBox::AcceptRole);
    m_open->setProperty("role", "primary");
    m_open->setDefault(true);
    const auto check = [this] { m_open->setEnabled(!m_field->text().trimmed().isEmpty()); };
    check();
    connect(m_field, &QLineEdit::textChanged, this, check);
    connect(choose, &QPushButton::clicked, this, &StudyDialog::browse);
    buttons->button(QDialogButtonBox::Cancel)->setIcon({});
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        emit chosen(m_field->text().trimmed().toStdString());
        accept();
    });
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(about);
    layout->addWidget(m_field);
    layout->addStretch();
    layout->addWidget(buttons);
    setMinimumWidth(520);
    m_field->selectAll();
}

void StudyDialog::browse()
{
    auto* dialog = new QFileDialog(this, tr("Choose a file of studies"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("SQLite (*.db *.sqlite *.sqlite3)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, m_field, &QLineEdit::setText);
    dialog->open();
}

} // namespace ui
