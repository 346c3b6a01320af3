// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/preflight.h"
#include "ui/jobs/job.h"

#include <QWidget>

#include <memory>

class QLabel;

namespace ui
{

class ChoiceBar;

/// What an export would look like, to people with and without colour blindness, and what a journal
/// would say about it. Draws on a worker.
class PreflightPanel : public QWidget
{
    Q_OBJECT

public:
    explicit PreflightPanel(QWidget* parent = nullptr);

    void showFigure(std::shared_ptr<const Figure> figure, const ExportOptions& options);
    void clear();
    QString findingsText() const;

    static constexpr int kWidth = 320;

private:
    struct Result {
        QImage image;
        std::vector<PreflightFinding> findings;
    };
    void draw();
    void take(const Result& result);

    ChoiceBar* m_vision;
    QLabel* m_page;
    QLabel* m_findings;
    Job m_job;
    std::shared_ptr<const Figure> m_figure;
    ExportOptions m_options;
};

} // namespace ui
