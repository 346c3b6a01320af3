// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/range_fields.h"

#include "core/base/error.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLineEdit>

namespace ui
{

namespace
{

/// In full digits, as the range has it.
QString numberText(double number)
{
    return QString::number(number, 'g', 15);
}

[[noreturn]] void refuse(const core::Dimension& dimension, const QString& found,
                         const char* expected)
{
    throw core::Error(core::ErrorKind::Usage, QStringLiteral("%1: \"%2\", expected %3")
                                                  .arg(QString::fromStdString(dimension.name),
                                                       found, QLatin1String(expected))
                                                  .toStdString());
}

double realOf(const core::Dimension& dimension, const QString& text)
{
    bool isNumber = false;
    const double number = text.trimmed().toDouble(&isNumber);
    if (!isNumber)
        refuse(dimension, text, "a number");
    return number;
}

std::int64_t wholeOf(const core::Dimension& dimension, const QString& text)
{
    bool isNumber = false;
    const qlonglong number = text.trimmed().toLongLong(&isNumber);
    if (!isNumber)
        refuse(dimension, text, "a whole number");
    return number;
}

QString choicesText(const core::Categories& categories)
{
    QStringList choices;
    for (const core::SearchValue& choice : categories.choices)
        choices << QString::fromStdString(core::toText(choice));
    return choices.join(QStringLiteral(", "));
}

/// Those of the known choices that are named, in their order; others as text.
core::Categories choicesOf(const core::Dimension& dimension, const QString& text)
{
    core::Categories made;
    for (const QString& word : text.split(u',', Qt::SkipEmptyParts)) {
        core::SearchValue value = word.trimmed().toStdString();
        for (const auto& known : std::get<core::Categories>(dimension.distribution).choices)
            if (core::toText(known) == word.trimmed().toStdString())
                value = known;
        made.choices.push_back(std::move(value));
    }
    return made;
}

} // namespace

RangeFields::RangeFields(QWidget* parent) : QWidget(parent), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(8);
    m_grid->setVerticalSpacing(4);
    m_grid->setColumnStretch(1, 1);
    m_grid->setColumnStretch(2, 1);
}

void RangeFields::setSpace(const core::SearchSpace& space)
{
    for (const Row& row : m_rows) {
        delete row.wanted;
        delete row.low;
        delete row.high;
    }
    m_rows.clear();
    for (const core::Dimension& dimension : space.dimensions)
        addRow(dimension);
    emit changed();
}

void RangeFields::addRow(const core::Dimension& dimension)
{
    const QString name = QString::fromStdString(dimension.name);
    const auto line = static_cast<int>(m_rows.size());
    Row row{dimension, new QCheckBox(name), new QLineEdit, nullptr};
    row.wanted->setChecked(true);
    row.wanted->setToolTip(tr("Whether trials vary it"));
    m_grid->addWidget(row.wanted, line, 0);
    const auto* real = std::get_if<core::FloatRange>(&dimension.distribution);
    const auto* whole = std::get_if<core::IntRange>(&dimension.distribution);
    if (real != nullptr || whole != nullptr) {
        const bool log = real != nullptr ? real->log : whole->log;
        row.high =
            new QLineEdit(real != nullptr ? numberText(real->high) : QString::number(whole->high));
        row.low->setText(real != nullptr ? numberText(real->low) : QString::number(whole->low));
        const QString scale = log ? tr(", on the logarithm") : QString();
        row.low->setAccessibleName(tr("Least %1").arg(name));
        row.low->setToolTip(tr("Least value%1").arg(scale));
        row.high->setAccessibleName(tr("Largest %1").arg(name));
        row.high->setToolTip(tr("Largest value%1").arg(scale));
        m_grid->addWidget(row.low, line, 1);
        m_grid->addWidget(row.high, line, 2);
        connect(row.high, &QLineEdit::textChanged, this, &RangeFields::changed);
    } else {
        row.low->setText(choicesText(std::get<core::Categories>(dimension.distribution)));
        row.low->setAccessibleName(tr("Choices of %1").arg(name));
        row.low->setToolTip(tr("Choices, with commas between them"));
        m_grid->addWidget(row.low, line, 1, 1, 2);
    }
    connect(row.low, &QLineEdit::textChanged, this, &RangeFields::changed);
    connect(row.wanted, &QCheckBox::toggled, this, [this, row](bool wanted) {
        row.low->setEnabled(wanted);
        if (row.high != nullptr)
            row.high->setEnabled(wanted);
        emit changed();
    });
    m_rows.push_back(row);
}

core::Distribution RangeFields::distributionOf(const Row& row) const
{
    core::Distribution distribution = row.dimension.distribution;
    if (auto* real = std::get_if<core::FloatRange>(&distribution)) {
        real->low = realOf(row.dimension, row.low->text());
        real->high = realOf(row.dimension, row.high->text());
    } else if (auto* whole = std::get_if<core::IntRange>(&distribution)) {
        whole->low = wholeOf(row.dimension, row.low->text());
        whole->high = wholeOf(row.dimension, row.high->text());
    } else {
        distribution = choicesOf(row.dimension, row.low->text());
    }
    core::requireSensible(row.dimension.name, distribution);
    return core::onSteps(distribution);
}

core::SearchSpace RangeFields::space() const
{
    core::SearchSpace space;
    for (const Row& row : m_rows)
        if (row.wanted->isChecked())
            space.dimensions.push_back({row.dimension.name, distributionOf(row)});
    if (space.dimensions.empty())
        throw core::Error(core::ErrorKind::Usage, "Nothing is searched: choose a parameter.");
    return space;
}

} // namespace ui
