// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/trial_details.h"

#include "ui/panels/form_rows.h"
#include "ui/widgets/focus_ring.h"
#include "ui/words.h"

#include <QDateTime>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ui
{

namespace
{

QDateTime timeOf(const std::string& text)
{
    // The storage has microseconds, Qt thousandths.
    return QDateTime::fromString(QString::fromStdString(text).left(23),
                                 QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz"));
}

QString durationText(const core::Trial& trial)
{
    const QDateTime begun = timeOf(trial.begun);
    const QDateTime ended = timeOf(trial.ended);
    if (!begun.isValid() || !ended.isValid())
        return {};
    return QObject::tr("took %1 s")
        .arg(QString::number(static_cast<double>(begun.msecsTo(ended)) / 1000, 'f', 1));
}

QString valueLine(const SweepData& data, const core::Trial& trial)
{
    const auto value = latestValue(trial);
    if (!value)
        return {};
    QString line = data.valueText(*value);
    const QString images = attributeOf(trial, "measured_on");
    if (!images.isEmpty())
        line += QObject::tr(" on %1").arg(images);
    if (const auto step = trial.lastStep(); step && !trial.value())
        line += QObject::tr(" after step %1").arg(*step);
    return line;
}

/// What a training tells beside its value.
QStringList attributeLines(const core::Trial& trial)
{
    QStringList lines;
    if (const QString epoch = attributeOf(trial, "kept_epoch"); !epoch.isEmpty())
        lines << QObject::tr("weights of epoch %1").arg(epoch);
    if (const QString test = attributeOf(trial, "test_accuracy"); !test.isEmpty())
        lines << QObject::tr("%1 on %2")
                     .arg(percent(test.toDouble()), attributeOf(trial, "test_data"));
    if (const QString shape = attributeOf(trial, "architecture"); !shape.isEmpty())
        lines << shape;
    if (const QString count = attributeOf(trial, "parameters"); !count.isEmpty())
        lines << QObject::tr("%1 parameters").arg(withThousands(count.toLongLong()));
    if (const QString error = attributeOf(trial, "error"); !error.isEmpty())
        lines << error;
    return lines;
}

} // namespace

TrialDetails::TrialDetails(QWidget* parent)
    : QWidget(parent), m_title(formLabel("heading")), m_text(formLabel("")),
      m_open(new QPushButton(tr("Open model")))
{
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setAlignment(Qt::AlignTop);
    m_open->setToolTip(tr("Makes the trial's network the current model"));
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(m_text);
    scroll->viewport()->setAutoFillBackground(false); // the view's shows through
    m_text->setAutoFillBackground(false);
    scrollByKeys(scroll, tr("What is known of the trial"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_title);
    layout->addWidget(scroll, 1);
    layout->addWidget(m_open, 0, Qt::AlignLeft);
    connect(m_open, &QPushButton::clicked, this, [this] { emit modelRequested(m_file); });
    showNothing();
}

void TrialDetails::show(const SweepData& data, const core::Trial& trial)
{
    m_title->setText(tr("Trial %1, %2").arg(trial.number).arg(stateText(trial.state)));
    QStringList lines = {valueLine(data, trial)};
    for (const core::Dimension& dimension : data.space.dimensions)
        if (const auto found = trial.parameters.find(dimension.name);
            found != trial.parameters.end())
            lines << QStringLiteral("%1  %2").arg(QString::fromStdString(dimension.name),
                                                  parameterText(found->second));
    lines << attributeLines(trial) << durationText(trial);
    lines.removeAll(QString());
    m_text->setText(breakable(lines.join(u'\n')));
    m_file = attributeOf(trial, "model");
    m_open->setVisible(!m_file.isEmpty());
}

void TrialDetails::showNothing()
{
    m_file.clear();
    m_title->setText(tr("No trial is selected"));
    m_text->setText(tr("What is known of a trial would be here. Click one in the figure or in the "
                       "table."));
    m_open->hide();
}

} // namespace ui
