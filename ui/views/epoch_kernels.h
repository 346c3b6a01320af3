// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ui
{

class RunBoard;
class SceneCanvas;
class SceneFigure;
class ScrubBar;
struct RunHistory;

/// The kernels of one training: as they change while it runs, and after any epoch by the scrubber
/// below them.
class EpochKernels : public QWidget
{
    Q_OBJECT

public:
    explicit EpochKernels(RunBoard& board, QWidget* parent = nullptr);

    void setRun(const std::string& id);
    void refresh(); ///< the run has recorded more, or has changed its status
    std::unique_ptr<SceneFigure> figure() const; ///< of what is shown; null: nothing yet
    ScrubBar* scrubBar() const { return m_scrub; }
    SceneCanvas* canvas() const { return m_canvas; }

signals:
    void epochChosen(std::optional<int> epoch); ///< absent: the newest

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void takeScrub(int epoch);
    void readEpoch();
    void takeEpoch(const std::string& run, int epoch, std::vector<float> parameters);
    void showFigure();
    void watch();
    bool running() const;
    bool live() const; ///< what is shown are the kernels of the moment
    const RunHistory* history() const;
    QString whenText() const;

    RunBoard& m_board;
    std::string m_run;
    std::vector<float> m_parameters; ///< those after m_epoch
    int m_epoch = -1;
    bool m_reading = false;
    SceneCanvas* m_canvas;
    ScrubBar* m_scrub;
};

} // namespace ui
