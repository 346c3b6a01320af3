// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPolygonF>
#include <QString>
#include <QWidget>

#include <optional>
#include <vector>

class QCustomPlot;
class QCPItemStraightLine;
class QCPItemText;

namespace ui
{

struct PlotCurve {
    QString label; ///< written at the curve's end; empty: none
    QString name;  ///< in the text of a hover: "Published 820, test"
    QColor colour;
    Qt::PenStyle style = Qt::SolidLine;
    QPolygonF points; ///< by rising x
};

/// Curves that grow, over two labelled axes. The wheel zooms, dragging moves, a double click shows
/// all again; until then new data leaves the person's ranges alone. By keys, once Tab led here:
/// plus and minus zoom, left and right move, Home shows all. Two plots can share their x axis.
class CurvePlot : public QWidget
{
    Q_OBJECT

public:
    CurvePlot(const QString& xTitle, const QString& yTitle, const QString& unit,
              QWidget* parent = nullptr);
    ~CurvePlot() override;

    void setCurves(std::vector<PlotCurve> curves);
    const std::vector<PlotCurve>& curves() const { return m_curves; }
    void setRightMargin(int pixels); ///< for the labels; the same for plots above each other
    void setXSpan(double last); ///< shown from the start, so that the axis stays while curves grow
    void setXTitleShown(bool shown);
    void setMarker(std::optional<double> x);

    /// What is visible: left and right, lowest and highest.
    QRectF range() const;
    bool zoomed() const { return m_zoomed; } ///< the person chose what is visible
    void zoomTo(const QRectF& range);
    void showX(double low, double high); ///< by a person in another plot
    void showAll();
    /// The values of all curves at the place nearest to x; empty where there are none.
    QString textAt(double x) const;
    double xAt(double pixel) const;

signals:
    void zoomChanged(bool zoomed, double low, double high); ///< by the person
    void hovered(const QString& text);

protected:
    void changeEvent(QEvent* event) override;
    void leaveEvent(QEvent* event) override;
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void build(const QString& xTitle, const QString& yTitle);
    void applyTheme();
    void fillGraphs();
    void fitRanges();
    void takeZoom();
    void placeLabels();
    void hoverAt(double pixel);
    void repaintLater();

    QString m_unit;
    std::vector<PlotCurve> m_curves;
    QCustomPlot* m_plot;
    std::vector<QCPItemText*> m_labels;
    QCPItemStraightLine* m_cursor = nullptr;
    QCPItemStraightLine* m_marker = nullptr;
    QString m_xTitle;
    double m_xSpan = 1;
    bool m_zoomed = false;
};

} // namespace ui
