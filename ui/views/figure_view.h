// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/export.h"
#include "ui/session.h"
#include "ui/views/view.h"
#include "ui/widgets/scene_canvas.h"

#include <QString>

#include <memory>
#include <optional>
#include <vector>

class QLabel;
class QProgressBar;
class QPushButton;
class QScrollArea;
class QStackedWidget;
class QVBoxLayout;

namespace ui
{

class WrapLayout;

/// A view that shows one figure: a toolbar, what the figure is and was computed on, the figure.
/// Builds figures only while it is visible, and once for any number of changes in between.
class FigureView : public View
{
    Q_OBJECT

public:
    FigureView(Session& session, QWidget* parent);

    std::unique_ptr<Figure> figure() const override;
    void openExport() override;

    SceneCanvas* canvas() const { return m_canvas; }

protected:
    /// What to show now; null where there is nothing, and emptyText() says why.
    virtual std::unique_ptr<SceneFigure> makeFigure() const = 0;
    virtual QString emptyText() const = 0;
    /// The line above the figure; empty where the figure itself says it.
    virtual QString captionText(const SceneFigure& figure) const { return figure.caption(); }
    /// The figures that an export offers: by default the one that is shown.
    virtual QStringList exportChoices() const { return {}; }
    virtual std::unique_ptr<Figure> exportFigureAt(int /*choice*/) const { return figure(); }
    virtual FigureOrigin origin() const; ///< of the figures that an export writes

    virtual std::vector<SceneMark> selectionMarks() const { return {}; }
    virtual std::vector<SceneMark> hoverMarks(const SceneHit&) const { return {}; }
    virtual QString hoverText(const SceneHit& hit) const = 0;
    virtual void choose(const SceneHit&) {}
    virtual void updateControls() {} ///< before the figure is built
    /// Whether what makeFigure() needs is still being computed. Then an ablation leaves the figure
    /// of the network before it, tinted, in place of none.
    virtual bool waits() const { return false; }

    Session& session() const { return m_session; }
    WrapLayout* toolbar() const { return m_toolbar; }
    QVBoxLayout* page() const { return m_page; } ///< for rows below the toolbar and the figure
    const SceneFigure* shown() const { return m_canvas->figure(); }

    void refreshLater(); ///< something that the figure shows has changed
    void refreshNow();   ///< for who needs the figure at once
    void refreshMarks(); ///< the selection has changed
    void setStale(bool stale);
    void setProgress(std::optional<double> share); ///< a thin bar; absent: none; negative: unknown
    void letFigureTakeFocus(); ///< for a view whose keys walk it; after addExportButton()
    void addExportButton();    ///< at the toolbar's right end

    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void refresh();
    bool isLow() const;
    bool keepsShown() const;
    void giveRoom();
    void giveHeight();
    void hover(std::optional<SceneHit> hit);

    Session& m_session;
    QVBoxLayout* m_page;
    WrapLayout* m_toolbar;
    QProgressBar* m_progress;
    QLabel* m_caption;
    QStackedWidget* m_stack;
    QScrollArea* m_scroll;
    SceneCanvas* m_canvas;
    QLabel* m_empty;
    QPushButton* m_export = nullptr;
    std::optional<SceneHit> m_hit;
    std::weak_ptr<const core::Model> m_shownOf; ///< OpenModel::opened
    bool m_dirty = true;
    bool m_queued = false;
};

} // namespace ui
