// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/golf_fields.h"

#include "core/model/architecture_text.h"
#include "ui/panels/architecture_check.h"
#include "ui/panels/form_rows.h"
#include "ui/words.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>

#include <limits>

namespace ui
{

namespace
{

constexpr int kMany = 1'000'000;

/// Bits of the choices in the field "Input".
constexpr int kUpright = 1;
constexpr int kAveraged = 2;

/// Through the digits on screen: 98.01 % is to be 0.9801, not a neighbour of it.
double shareOf(const QDoubleSpinBox& box)
{
    return QString::number(box.value() / 100, 'f', 2 + box.decimals()).toDouble();
}

} // namespace

GolfFields::GolfFields(QWidget* parent)
    : QWidget(parent), m_architecture(new QLineEdit), m_count(formLabel("caption")),
      m_input(choiceBox({tr("As it is"), tr("Set upright"), tr("Averaged over shifts"),
                         tr("Upright, and averaged")})),
      m_target(numberBox(0, 100, 2, 0.1)), m_select(choiceBox({tr("Validation"), tr("Test")})),
      m_warning(formLabel("warning")), m_budget(numberBox(0, 1e6, 1, 10)),
      m_starts(countBox(1, kMany)), m_seed(countBox(0, std::numeric_limits<int>::max())),
      m_disclose(new QToolButton), m_more(new QWidget), m_denseEpochs(countBox(1, kMany)),
      m_epochs(countBox(1, kMany)), m_share(numberBox(0.1, 90, 1, 1)), m_trials(countBox(1, kMany)),
      m_swaps(countBox(0, kMany)), m_swapEpochs(countBox(1, kMany)),
      m_swapBelow(countBox(0, kMany)), m_patience(countBox(1, kMany))
{
    build();
    buildMore();
    for (QSpinBox* box : findChildren<QSpinBox*>())
        connect(box, &QSpinBox::valueChanged, this, &GolfFields::check);
    for (QDoubleSpinBox* box : findChildren<QDoubleSpinBox*>())
        connect(box, &QDoubleSpinBox::valueChanged, this, &GolfFields::check);
    connect(m_select, &QComboBox::currentIndexChanged, this, &GolfFields::check);
    connect(m_architecture, &QLineEdit::textChanged, this, &GolfFields::check);
    connect(m_input, &QComboBox::activated, this, &GolfFields::takeInput);
    connect(m_disclose, &QToolButton::toggled, m_more, &QWidget::setVisible);
    setSpec({core::kGolfArchitecture, {}});
}

void GolfFields::build()
{
    FormRows rows(this);
    rows.addHalf(tr("Target"), m_target,
                 tr("Share of the selecting images that must be right, at least"));
    rows.addHalf(tr("Selects on"), m_select,
                 tr("The images that choose the network. Test as published; validation leaves the "
                    "test set for one look at the end."));
    m_target->setSuffix(tr(" %"));
    m_warning->setText(tr("Selects on the test set: the network is chosen by the same images that "
                          "its accuracy is reported on."));
    rows.addPlain(m_warning);
    rows.addWide(tr("Input"), m_input,
                 tr("What becomes of an image before the network reads it. It decides the league, "
                    "and is a word of the architecture: deskew, shifts."));
    rows.addWide(tr("Dense architecture"), m_architecture,
                 tr("What the game begins with: larger than what is wanted, so that it can choose. "
                    "Stages: OUT@KxK with relu, prelu, pool …, linear OUT"));
    rows.addPlain(m_count);
    rows.addHalf(tr("Time"), m_budget,
                 tr("The step that goes on after so long is the last. Then the machine's speed "
                    "decides where the game ends."));
    m_budget->setSuffix(tr(" min"));
    m_budget->setSpecialValueText(tr("until it stalls"));
    rows.addHalf(tr("Starts"), m_starts,
                 tr("Dense networks, of which the one with the least training loss goes on"));
    rows.addHalf(tr("Seed"), m_seed, tr("The same seed gives the same game, bit for bit"));
    m_disclose->setText(tr("More"));
    m_disclose->setCheckable(true);
    m_disclose->setToolTip(tr("The course of the rounds"));
    rows.addPlain(m_disclose);
    rows.addPlain(m_more);
    m_more->hide();
}

void GolfFields::buildMore()
{
    FormRows more(m_more);
    more.addHalf(tr("Dense epochs"), m_denseEpochs, tr("Of training the best of the starts"));
    more.addHalf(tr("Epochs a round"), m_epochs, tr("Of training after a removal"));
    more.addHalf(tr("Removed a round"), m_share, tr("Of the parameters that are left"));
    m_share->setSuffix(tr(" %"));
    more.addHalf(tr("Trials"), m_trials, tr("Removals tried for each that is made"));
    more.addHalf(tr("Swaps a round"), m_swaps,
                 tr("What promises most comes back, is trained, and as many go again"));
    more.addHalf(tr("Epochs a swap"), m_swapEpochs, tr("Of each of its two trainings"));
    more.addHalf(tr("Swaps from"), m_swapBelow, tr("Non-zero parameters at which they begin"));
    more.addHalf(tr("Patience"), m_patience,
                 tr("Rounds in a row that miss the target, then the game is over"));
}

void GolfFields::setSpec(const core::GolfSpec& spec)
{
    {
        const QSignalBlocker quiet(this);
        const core::GolfOptions& options = spec.options;
        m_rest = options;
        m_architecture->setText(QString::fromStdString(spec.architecture));
        m_architecture->setCursorPosition(0);
        m_target->setValue(100 * options.threshold);
        m_select->setCurrentIndex(spec.select == core::Split::Test ? 1 : 0);
        m_budget->setValue(options.budget / 60);
        m_starts->setValue(options.starts);
        m_seed->setValue(static_cast<int>(options.seed));
        m_denseEpochs->setValue(options.denseEpochs);
        m_epochs->setValue(options.epochs);
        m_share->setValue(100 * options.share);
        m_trials->setValue(options.trials);
        m_swaps->setValue(options.swaps);
        m_swapEpochs->setValue(options.swapEpochs);
        m_swapBelow->setValue(options.swapBelow);
        m_patience->setValue(options.patience);
    }
    check();
}

core::GolfSpec GolfFields::spec() const
{
    core::GolfSpec spec;
    spec.architecture = m_architecture->text().trimmed().toStdString();
    spec.select = m_select->currentIndex() == 1 ? core::Split::Test : core::Split::Validation;
    core::GolfOptions& options = spec.options;
    options = m_rest;
    options.threshold = shareOf(*m_target);
    options.budget = 60 * m_budget->value();
    options.starts = m_starts->value();
    options.seed = static_cast<std::uint64_t>(m_seed->value());
    options.denseEpochs = m_denseEpochs->value();
    options.epochs = m_epochs->value();
    options.share = shareOf(*m_share);
    options.trials = m_trials->value();
    options.swaps = m_swaps->value();
    options.swapEpochs = m_swapEpochs->value();
    options.swapBelow = m_swapBelow->value();
    options.patience = m_patience->value();
    return spec;
}

void GolfFields::takeInput()
{
    std::optional<core::Architecture> made = checkArchitecture(m_architecture->text()).architecture;
    if (!made)
        return;
    core::InputSpec input = made->input();
    input.deskew = (m_input->currentIndex() & kUpright) != 0;
    input.averageShifts = (m_input->currentIndex() & kAveraged) != 0;
    m_architecture->setText(
        QString::fromStdString(core::toText(core::Architecture(made->layers(), input))));
    m_architecture->setCursorPosition(0);
}

void GolfFields::showInput(const core::InputSpec& input)
{
    m_input->setCurrentIndex((input.deskew ? kUpright : 0) + (input.averageShifts ? kAveraged : 0));
}

/// Says in place how large the dense network is, or what is wrong with its text.
void GolfFields::check()
{
    const CheckedArchitecture checked = checkArchitecture(m_architecture->text());
    m_error = checked.error;
    m_input->setEnabled(checked.architecture.has_value());
    if (checked.architecture)
        showInput(checked.architecture->input());
    if (m_error.isEmpty())
        m_count->setText(
            tr("%1, league: %2")
                .arg(checked.countText(), leagueText(core::leagueOf(*checked.architecture))));
    else
        m_count->setText(breakable(m_error));
    changeRole(m_count, m_error.isEmpty() ? "caption" : "error");
    m_warning->setVisible(m_select->currentIndex() == 1);
    emit changed();
}

} // namespace ui
