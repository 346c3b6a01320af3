// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/ablation_strip.h"

#include "ui/panels/form_rows.h"
#include "ui/panels/icon_button.h"
#include "ui/theme.h"
#include "ui/widgets/change_bars.h"
#include "ui/widgets/focus_ring.h"
#include "ui/widgets/image_strip.h"
#include "ui/words.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui
{

namespace
{

constexpr int kHeight = 188;
constexpr int kWide = 400; ///< of the images: room for them at twice their size

QString kindText(core::AblationKind kind)
{
    return kind == core::AblationKind::Zero ? AblationStrip::tr("zero") : AblationStrip::tr("mean");
}

/// "conv1 weight 0, 0, 2, 3": the unit says more than the layer's number in the file.
QString shortName(const core::Model& model, const core::AblationStep& step)
{
    const QString what = QString::fromStdString(step.what);
    const auto* weight = std::get_if<core::WeightTarget>(&step.target);
    if (weight == nullptr)
        return what;
    const QString indices = what.mid(what.indexOf(u'[') + 1).chopped(1);
    for (const core::ParameterSlice& slice : model.parameters.slices())
        for (const core::Unit& unit : model.architecture.units())
            if (weight->parameter >= slice.offset &&
                weight->parameter < slice.offset + slice.count && slice.layer >= unit.weightLayer &&
                slice.layer <= unit.postLayer)
                return QStringLiteral("%1 %2 %3")
                    .arg(QString::fromStdString(unit.name),
                         QString::fromStdString(slice.name).section(u'.', -1), indices);
    return what;
}

QVBoxLayout* columnOf(QWidget* widget)
{
    auto* column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    return column;
}

} // namespace

AblationStrip::AblationStrip(Session& session, QWidget* parent)
    : QWidget(parent), m_session(session)
{
    setFixedHeight(kHeight);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(24, 8, 24, 8);
    row->setSpacing(24);
    row->addWidget(makeList(), 6);
    row->addWidget(makeEffect(), 9);
    row->addWidget(makeImages(), 9);

    Ablations& ablations = session.ablations();
    connect(&ablations, &Ablations::changed, this, &AblationStrip::showSteps);
    connect(&ablations, &Ablations::reportChanged, this, &AblationStrip::showReport);
    connect(&session, &Session::selectionChanged, this, &AblationStrip::showReport);
    showSteps();
    showReport();
}

QWidget* AblationStrip::makeList()
{
    m_listTitle = formLabel("heading");
    m_steps = new QListWidget;
    m_steps->setAccessibleName(tr("Ablations"));
    new FocusRing(m_steps);
    m_steps->setFont(numberFont(11));
    m_steps->setSelectionMode(QAbstractItemView::NoSelection);
    m_steps->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_steps->setTextElideMode(Qt::ElideMiddle);
    m_undo = new IconButton("undo", tr("Undo the last ablation (Ctrl+Z)"));
    m_redo = new IconButton("redo", tr("Redo the ablation (Ctrl+Shift+Z)"));
    m_reset = new QPushButton(tr("Reset"));
    m_reset->setProperty("role", "compact");
    m_reset->setToolTip(tr("Undo all ablations of this model"));
    m_save = new QPushButton(tr("Save as\u2026"));
    m_save->setProperty("role", "compact");
    m_save->setToolTip(tr("Save the ablated model; the file says what was done to it"));
    Ablations& ablations = m_session.ablations();
    connect(m_undo, &QToolButton::clicked, &ablations, &Ablations::undo);
    connect(m_redo, &QToolButton::clicked, &ablations, &Ablations::redo);
    connect(m_reset, &QPushButton::clicked, &ablations, &Ablations::reset);
    connect(m_save, &QPushButton::clicked, &ablations, &Ablations::requestSave);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(4);
    buttons->addWidget(m_undo);
    buttons->addWidget(m_redo);
    buttons->addWidget(m_reset);
    buttons->addWidget(m_save);
    buttons->addStretch();
    auto* part = new QWidget;
    QVBoxLayout* column = columnOf(part);
    column->addWidget(m_listTitle);
    column->addWidget(m_steps, 1);
    column->addLayout(buttons);
    return part;
}

QWidget* AblationStrip::makeEffect()
{
    m_right = formLabel("title");
    m_measured = formLabel("caption");
    m_bars = new ChangeBars;
    connect(m_bars, &ChangeBars::classClicked, this, [this](int label) {
        Selection selection = m_session.selection();
        selection.label = label;
        m_session.select(selection);
    });
    auto* part = new QWidget;
    QVBoxLayout* column = columnOf(part);
    column->addWidget(m_right);
    column->addWidget(m_measured);
    column->addWidget(m_bars, 1);
    return part;
}

QWidget* AblationStrip::makeImages()
{
    m_imagesTitle = formLabel("heading");
    m_imagesTitle->setText(tr("MOST AFFECTED IMAGES"));
    m_imagesHint = formLabel("caption");
    m_images = new ImageStrip(tr("Most affected images"));
    connect(m_images, &ImageStrip::chosen, this, [this](int index) {
        const auto& report = m_session.ablations().report().value;
        if (report && index < static_cast<int>(report->images.size()))
            m_session.showImage(report->images[static_cast<std::size_t>(index)].image);
    });
    auto* part = new QWidget;
    QVBoxLayout* column = columnOf(part);
    column->addWidget(m_imagesTitle);
    column->addWidget(m_imagesHint);
    column->addWidget(m_images);
    column->addStretch();
    return part;
}

void AblationStrip::showSteps()
{
    const Ablations& ablations = m_session.ablations();
    m_steps->clear();
    for (const core::AblationStep& step : ablations.done()) {
        const QString what = QString::fromStdString(step.what);
        auto* item = new QListWidgetItem(
            tr("%1 \u2192 %2").arg(shortName(*ablations.opened(), step), kindText(step.kind)),
            m_steps);
        item->setToolTip(tr("%1 \u2192 %2").arg(what, kindText(step.kind)));
    }
    for (const QString& what : ablations.waiting())
        m_steps->addItem(tr("%1, computing\u2026").arg(what));
    m_steps->scrollToBottom();
    m_listTitle->setText(m_steps->count() == 0 ? tr("NOTHING ABLATED")
                                               : tr("ABLATED: %1").arg(m_steps->count()));
    m_undo->setEnabled(ablations.canUndo());
    m_redo->setEnabled(ablations.canRedo());
    m_reset->setEnabled(ablations.canUndo());
    m_save->setEnabled(!ablations.done().empty());
}

void AblationStrip::showReport()
{
    const auto& report = m_session.ablations().report();
    const bool known = report.value != nullptr;
    m_bars->setVisible(known);
    if (known) {
        showEffect(*report.value);
    } else {
        m_right->clear();
        m_measured->setText(
            !report.error.isEmpty() ? report.error
            : report.running        ? tr("Evaluating on %1\u2026")
                                   .arg(QString::fromStdString(m_session.dataset()->description()))
                             : tr("What ablations change would be here."));
    }
    showImages();
}

void AblationStrip::showEffect(const AblationReport& report)
{
    const core::AblationEffect& effect = report.effect;
    const double share = effect.images == 0 ? 0 : double(effect.correct) / effect.images;
    const bool any = m_session.ablations().canUndo();
    QString change;
    if (any)
        change =
            effect.change() == 0 ? tr(", no change") : tr(", %1").arg(signedCount(effect.change()));
    m_right->setText(percent(share) + change);
    const QString loss =
        any ? tr("mean loss %1, before %2").arg(fixed(effect.loss), fixed(effect.lossBefore))
            : tr("mean loss %1").arg(fixed(effect.loss));
    m_measured->setText(
        tr("%1 right on %2; %3").arg(withThousands(effect.correct), report.data, loss));
    std::vector<ChangeBars::Class> classes;
    for (std::size_t label = 0; label < effect.correctPerClass.size(); ++label)
        classes.push_back({effect.imagesPerClass[label], effect.correctPerClassBefore[label],
                           effect.correctPerClass[label]});
    m_bars->show(std::move(classes), m_session.selection().label);
    m_bars->setEnabled(!m_session.ablations().report().running);
}

void AblationStrip::showImages()
{
    const auto& report = m_session.ablations().report();
    const core::Dataset& dataset = *m_session.dataset();
    std::vector<ImageStrip::Item> items;
    if (report.value != nullptr && m_session.ablations().canUndo()) {
        const bool wide = m_images->width() > kWide;
        m_images->setScale(wide ? 2 : 1);
        const int most = m_images->fitting(std::max(100, m_images->width()), wide ? 1 : 2);
        for (const core::AffectedImage& one : report.value->images) {
            if (static_cast<int>(items.size()) == most || one.image >= dataset.size())
                break;
            const bool moved = one.before != one.after;
            items.push_back(
                {ImageStrip::digit(dataset.image(one.image), dataset.height, dataset.width),
                 moved ? tr("%1\u2192%2").arg(one.before).arg(one.after)
                       : QString::number(one.after),
                 tr("Image %1, label %2: answer %3, before %4; probability of the label %5, "
                    "before %6")
                     .arg(one.image)
                     .arg(one.label)
                     .arg(one.after)
                     .arg(one.before)
                     .arg(percent(double(one.probability)), percent(double(one.probabilityBefore))),
                 {},
                 moved && one.after != one.label});
        }
    }
    m_imagesHint->setText(items.empty()
                              ? tr("The images whose answer moves most would be here.")
                              : tr("Answer before \u2192 after, the largest change first"));
    m_images->show(std::move(items));
}

void AblationStrip::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    showImages();
}

} // namespace ui
