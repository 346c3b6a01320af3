// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/prune_fields.h"

#include "ui/panels/form_rows.h"
#include "ui/words.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>

#include <limits>

namespace ui
{

PruneFields::PruneFields(QWidget* parent)
    : QWidget(parent), m_name(formLabel("")),
      m_method(choiceBox({tr("Each weight in turn"), tr("Best first")})),
      m_order(choiceBox(
          {tr("Published"), tr("Random"), tr("Smallest first"), tr("Smallest loss rise first")})),
      m_threshold(numberBox(1, 100, 2, 0.1)), m_split(choiceBox({tr("Validation"), tr("Test")})),
      m_warning(formLabel("warning")), m_passes(countBox(1, 100)),
      m_seed(countBox(0, std::numeric_limits<int>::max())),
      m_biases(new QCheckBox(tr("Biases too"))), m_slopes(new QCheckBox(tr("PReLU slopes too")))
{
    build();
    for (QSpinBox* box : findChildren<QSpinBox*>())
        connect(box, &QSpinBox::valueChanged, this, &PruneFields::check);
    for (QComboBox* box : findChildren<QComboBox*>())
        connect(box, &QComboBox::currentIndexChanged, this, &PruneFields::check);
    for (QCheckBox* box : findChildren<QCheckBox*>())
        connect(box, &QCheckBox::toggled, this, &PruneFields::check);
    connect(m_threshold, &QDoubleSpinBox::valueChanged, this, &PruneFields::check);
    setSpec({});
}

void PruneFields::build()
{
    FormRows rows(this);
    auto* heading = formLabel("caption");
    heading->setText(tr("Model"));
    rows.addPlain(heading);
    rows.addPlain(m_name);
    m_threshold->setSuffix(tr(" %"));
    rows.addWide(tr("Method"), m_method,
                 tr("In turn: zeroes each weight and keeps the zero if the accuracy allows, as "
                    "published. Best first: each step removes the weight that costs least."));
    rows.addHalf(tr("Order"), m_order, tr("In which weights are visited"));
    rows.addHalf(tr("Passes"), m_passes,
                 tr("Over what is left; one that removes nothing is the "
                    "last"));
    rows.addHalf(tr("Accuracy to keep"), m_threshold,
                 tr("Share of right answers that must remain, at least"));
    rows.addHalf(tr("Selects on"), m_split,
                 tr("The images that decide. Test as published; validation leaves the test set "
                    "for one honest answer at the end."));
    m_warning->setText(tr("Selects on the test set: what is removed is chosen by the same images "
                          "that the accuracy is reported on."));
    rows.addPlain(m_warning);
    rows.addPlain(m_biases);
    rows.addPlain(m_slopes);
    rows.addHalf(tr("Seed"), m_seed, tr("Of the random order"));
}

void PruneFields::setSpec(const core::PruneSpec& spec)
{
    {
        const QSignalBlocker quiet(this);
        const core::PruneOptions& options = spec.options;
        m_method->setCurrentIndex(static_cast<int>(options.method));
        m_order->setCurrentIndex(static_cast<int>(options.order));
        m_passes->setValue(options.passes);
        m_biases->setChecked(options.biases);
        m_slopes->setChecked(options.slopes);
        m_threshold->setValue(100 * options.threshold);
        m_split->setCurrentIndex(options.split == core::Split::Test ? 1 : 0);
        m_seed->setValue(static_cast<int>(options.seed));
    }
    check();
}

core::PruneSpec PruneFields::spec() const
{
    core::PruneSpec spec;
    core::PruneOptions& options = spec.options;
    options.method = static_cast<core::PruneMethod>(m_method->currentIndex());
    options.order = static_cast<core::PruneOrder>(m_order->currentIndex());
    options.passes = m_passes->value();
    options.biases = m_biases->isChecked();
    options.slopes = m_slopes->isChecked();
    // Through the digits on screen: 98.01 % is to be 0.9801, not a neighbour of it.
    options.threshold = QString::number(m_threshold->value() / 100, 'f', 4).toDouble();
    options.split = m_split->currentIndex() == 1 ? core::Split::Test : core::Split::Validation;
    options.seed = static_cast<std::uint64_t>(m_seed->value());
    return spec;
}

void PruneFields::setModel(core::ModelPointer model)
{
    m_model = std::move(model);
    if (m_model != nullptr)
        m_name->setText(
            tr("%1, %2 of %3 non-zero")
                .arg(breakable(QString::fromStdString(m_model->name)),
                     withThousands(static_cast<std::int64_t>(m_model->parameters.nonzero())),
                     withThousands(static_cast<std::int64_t>(m_model->parameters.count()))));
    else
        m_name->setText(tr("none is open"));
    check();
}

void PruneFields::check()
{
    m_error = m_model == nullptr ? tr("Open the model that is to be pruned.") : QString();
    m_warning->setVisible(m_split->currentIndex() == 1);
    const bool inTurn = m_method->currentIndex() == static_cast<int>(core::PruneMethod::BruteForce);
    m_order->setEnabled(inTurn);
    m_passes->setEnabled(inTurn);
    m_seed->setEnabled(inTurn &&
                       m_order->currentIndex() == static_cast<int>(core::PruneOrder::Random));
    emit changed();
}

} // namespace ui
