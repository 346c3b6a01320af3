// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/preflight_panel.h"

#include "ui/figures/figure.h"
#include "ui/widgets/choice_bar.h"

#include <QLabel>
#include <QVBoxLayout>

namespace ui
{

namespace
{

constexpr int kPageHeight = 250;

/// A word before each, so that nothing hangs on a colour.
QString asText(const std::vector<PreflightFinding>& findings)
{
    QStringList lines;
    for (const bool passed : {false, true})
        for (const PreflightFinding& finding : findings)
            if (finding.passed == passed)
                lines << (passed ? QStringLiteral("\u2713 ") : PreflightPanel::tr("Check: ")) +
                             finding.sentence;
    return lines.join(u'\n');
}

} // namespace

PreflightPanel::PreflightPanel(QWidget* parent)
    : QWidget(parent), m_vision(new ChoiceBar(tr("Preview as seen"))), m_page(new QLabel),
      m_findings(new QLabel)
{
    m_vision->setChoices({tr("All colours"), tr("Deuteranopia"), tr("Protanopia")});
    m_vision->setTip(0, tr("As most people see it"));
    m_vision->setTip(1, tr("As people without green cones see it (Machado 2009)"));
    m_vision->setTip(2, tr("As people without red cones see it (Machado 2009)"));
    m_page->setFixedSize(kWidth, kPageHeight);
    m_page->setAlignment(Qt::AlignCenter);
    m_page->setAccessibleName(tr("Preview of the page"));
    m_findings->setProperty("role", "caption");
    m_findings->setWordWrap(true);
    m_findings->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_findings->setFixedWidth(kWidth);
    m_findings->setMinimumHeight(12 * fontMetrics().lineSpacing()); // nothing moves
    m_findings->setAccessibleName(tr("Preflight: what a journal would check"));
    m_findings->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(m_vision);
    column->addWidget(m_page);
    column->addWidget(m_findings, 1);
    connect(m_vision, &ChoiceBar::chosen, this, &PreflightPanel::draw);
    connect(&m_job, &Job::failed, m_findings, &QLabel::setText);
}

void PreflightPanel::showFigure(std::shared_ptr<const Figure> figure, const ExportOptions& options)
{
    m_figure = std::move(figure);
    m_options = options;
    draw();
}

void PreflightPanel::clear()
{
    m_job.cancel();
    m_figure.reset();
    m_page->clear();
    m_findings->clear();
}

QString PreflightPanel::findingsText() const
{
    return m_findings->text();
}

void PreflightPanel::draw()
{
    if (m_figure == nullptr)
        return;
    const double ratio = devicePixelRatioF();
    const auto work = [figure = m_figure, options = m_options, ratio,
                       vision = static_cast<ColourVision>(m_vision->current())](std::stop_token) {
        const QSizeF page = figurePageSize(*figure, options);
        const double width = std::min<double>(kWidth, kPageHeight * page.width() / page.height());
        QImage image = preview(*figure, options, qRound(ratio * width), vision);
        image.setDevicePixelRatio(ratio);
        return Result{std::move(image), preflight(*figure, options)};
    };
    m_job.start(work, [this](const Result& result) { take(result); });
}

void PreflightPanel::take(const Result& result)
{
    m_page->setPixmap(QPixmap::fromImage(result.image));
    m_findings->setText(asText(result.findings));
}

} // namespace ui
