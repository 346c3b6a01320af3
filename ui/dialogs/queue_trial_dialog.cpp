// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/queue_trial_dialog.h"

#include "core/base/error.h"
#include "ui/panels/form_rows.h"
#include "ui/words.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui
{

namespace
{

/// "1e-05 to 0.01", "relu, prelu or leaky"
QString rangeText(const core::Distribution& distribution)
{
    if (const auto* real = std::get_if<core::FloatRange>(&distribution))
        return QObject::tr("%1 to %2").arg(real->low).arg(real->high);
    if (const auto* whole = std::get_if<core::IntRange>(&distribution))
        return QObject::tr("%1 to %2").arg(whole->low).arg(whole->high);
    QStringList choices;
    for (const core::SearchValue& choice : std::get<core::Categories>(distribution).choices)
        choices << QString::fromStdString(core::toText(choice));
    const QString last = choices.takeLast();
    return choices.isEmpty() ? last
                             : choices.join(QStringLiteral(", ")) + QObject::tr(" or ") + last;
}

/// What the text says, as a value of that kind.
core::SearchValue valueOf(const core::Dimension& dimension, const QString& text)
{
    const std::string word = text.trimmed().toStdString();
    core::SearchValue value = word;
    bool isNumber = false;
    const double number = text.trimmed().toDouble(&isNumber);
    if (const auto* choices = std::get_if<core::Categories>(&dimension.distribution)) {
        for (const core::SearchValue& choice : choices->choices)
            if (core::toText(choice) == word)
                value = choice;
    } else if (isNumber) {
        value = number;
    }
    const auto internal = core::internalValue(dimension.distribution, value);
    if (!internal || !core::contains(dimension.distribution, *internal))
        throw core::Error(core::ErrorKind::Usage,
                          QObject::tr("%1: \"%2\", expected %3")
                              .arg(QString::fromStdString(dimension.name),
                                   QString::fromStdString(word), rangeText(dimension.distribution))
                              .toStdString());
    return core::externalValue(dimension.distribution, *internal);
}

} // namespace

QueueTrialDialog::QueueTrialDialog(core::SearchSpace space,
                                   const std::map<std::string, core::SearchValue>& begin,
                                   QWidget* parent)
    : QDialog(parent), m_space(std::move(space)), m_problem(formLabel("error"))
{
    setWindowTitle(tr("Queue a trial"));
    auto* about = formLabel("");
    about->setText(tr("The next worker tries these values. What is left empty the sampler "
                      "chooses."));
    auto* grid = new QWidget;
    FormRows rows(grid);
    for (const core::Dimension& dimension : m_space.dimensions) {
        auto* field = new QLineEdit;
        const QString range = rangeText(dimension.distribution);
        field->setPlaceholderText(range);
        if (const auto found = begin.find(dimension.name); found != begin.end())
            field->setText(QString::fromStdString(core::toText(found->second)));
        rows.addHalf(QString::fromStdString(dimension.name), field, range);
        connect(field, &QLineEdit::textChanged, this, &QueueTrialDialog::check);
        m_fields.push_back(field);
    }
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_queue = buttons->addButton(tr("Queue"), QDialogButtonBox::AcceptRole);
    m_queue->setProperty("role", "primary");
    buttons->button(QDialogButtonBox::Cancel)->setIcon({});
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        emit queued(values());
        accept();
    });
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(about);
    layout->addWidget(grid);
    layout->addWidget(m_problem);
    layout->addStretch();
    layout->addWidget(buttons);
    setMinimumWidth(420);
    check();
}

std::map<std::string, core::SearchValue> QueueTrialDialog::values() const
{
    std::map<std::string, core::SearchValue> values;
    for (std::size_t i = 0; i < m_fields.size(); ++i)
        if (!m_fields[i]->text().trimmed().isEmpty())
            values[m_space.dimensions[i].name] =
                valueOf(m_space.dimensions[i], m_fields[i]->text());
    return values;
}

void QueueTrialDialog::check()
{
    QString problem;
    try {
        values();
    } catch (const core::Error& error) {
        problem = QString::fromStdString(error.what());
    }
    m_problem->setText(breakable(problem));
    m_problem->setVisible(!problem.isEmpty());
    m_queue->setEnabled(problem.isEmpty());
}

} // namespace ui
