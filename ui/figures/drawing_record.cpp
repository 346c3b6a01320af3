// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/drawing_record.h"

#include <QFontInfo>
#include <QFontMetricsF>
#include <QPaintEngine>
#include <QPainterPath>
#include <QPolygonF>

#include <cmath>

namespace ui
{

class DrawingRecord::Engine : public QPaintEngine
{
public:
    Engine() : QPaintEngine(QPaintEngine::AllFeatures) {}

    bool begin(QPaintDevice*) override { return true; }
    bool end() override { return true; }
    Type type() const override { return QPaintEngine::User; }

    void updateState(const QPaintEngineState& now) override
    {
        if (now.state() & DirtyPen)
            m_pen = now.pen();
        if (now.state() & DirtyBrush)
            m_brush = now.brush();
        if (now.state() & DirtyTransform)
            m_transform = now.transform();
    }

    void drawPath(const QPainterPath& path) override { add(m_transform.map(path)); }

    void drawPolygon(const QPointF* points, int count, PolygonDrawMode mode) override
    {
        QPainterPath path;
        path.addPolygon(QPolygonF(QList<QPointF>(points, points + count)));
        path = m_transform.map(path);
        if (mode == PolylineMode)
            addOutline(path.boundingRect());
        else
            add(path);
    }

    void drawRects(const QRectF* rects, int count) override
    {
        for (int i = 0; i < count; ++i) {
            QPainterPath path;
            path.addRect(rects[i]);
            add(m_transform.map(path));
        }
    }

    void drawLines(const QLineF* drawn, int count) override
    {
        for (int i = 0; i < count; ++i)
            addOutline(QRectF(m_transform.map(drawn[i].p1()), m_transform.map(drawn[i].p2()))
                           .normalized());
    }

    void drawTextItem(const QPointF& origin, const QTextItem& item) override
    {
        const QFont font = item.font();
        const double pixels = font.pixelSize() > 0 ? font.pixelSize() : QFontInfo(font).pixelSize();
        const QPointF middle =
            m_transform.map(origin + QPointF(item.width() / 2, -item.ascent() / 3));
        const double capitals = QFontMetricsF(font).capHeight();
        const QRectF box =
            m_transform.mapRect(QRectF(origin.x(), origin.y() - capitals, item.width(), capitals));
        bounds |= box;
        texts.push_back({item.text(), QFontInfo(font).family(), pixels * scale(), m_pen.color(),
                         colourAt(middle), box});
    }

    void drawPixmap(const QRectF&, const QPixmap&, const QRectF&) override { ++images; }
    void drawImage(const QRectF&, const QImage&, const QRectF&, Qt::ImageConversionFlags) override
    {
        ++images;
    }

    std::vector<PaintedText> texts;
    std::vector<PaintedLine> lines;
    int images = 0;
    QRectF bounds;

private:
    struct Area {
        QPainterPath path;
        QRectF bounds;
        QColor colour;
    };

    double scale() const { return std::sqrt(std::abs(m_transform.determinant())); }

    void add(const QPainterPath& path)
    {
        if (m_brush.style() != Qt::NoBrush)
            m_areas.push_back({path, path.boundingRect(), m_brush.color()});
        addOutline(path.boundingRect());
    }

    void addOutline(const QRectF& reach)
    {
        bounds |= reach;
        if (m_pen.style() != Qt::NoPen)
            lines.push_back({m_pen.widthF() * (m_pen.isCosmetic() ? 1 : scale()), m_pen.color()});
    }

    /// Of what was painted there last; paper is white.
    QColor colourAt(const QPointF& place) const
    {
        for (auto area = m_areas.rbegin(); area != m_areas.rend(); ++area)
            if (area->bounds.contains(place) && area->path.contains(place))
                return area->colour;
        return Qt::white;
    }

    QPen m_pen;
    QBrush m_brush;
    QTransform m_transform;
    std::vector<Area> m_areas;
};

DrawingRecord::DrawingRecord(const QSizeF& points)
    : m_size(points), m_engine(std::make_unique<Engine>())
{
}

DrawingRecord::~DrawingRecord() = default;

QPaintEngine* DrawingRecord::paintEngine() const
{
    return m_engine.get();
}

const std::vector<PaintedText>& DrawingRecord::texts() const
{
    return m_engine->texts;
}

const std::vector<PaintedLine>& DrawingRecord::lines() const
{
    return m_engine->lines;
}

int DrawingRecord::images() const
{
    return m_engine->images;
}

QRectF DrawingRecord::bounds() const
{
    return m_engine->bounds;
}

int DrawingRecord::metric(PaintDeviceMetric metric) const
{
    constexpr int kDotsPerInch = 72; // a point is a unit
    switch (metric) {
    case PdmWidth:
        return static_cast<int>(std::ceil(m_size.width()));
    case PdmHeight:
        return static_cast<int>(std::ceil(m_size.height()));
    case PdmWidthMM:
        return static_cast<int>(std::ceil(m_size.width() * 25.4 / kDotsPerInch));
    case PdmHeightMM:
        return static_cast<int>(std::ceil(m_size.height() * 25.4 / kDotsPerInch));
    case PdmDpiX:
    case PdmDpiY:
    case PdmPhysicalDpiX:
    case PdmPhysicalDpiY:
        return kDotsPerInch;
    case PdmNumColors:
        return 1 << 24;
    case PdmDepth:
        return 24;
    case PdmDevicePixelRatio:
        return 1;
    case PdmDevicePixelRatioScaled:
        return static_cast<int>(devicePixelRatioFScale());
    default:
        return 0;
    }
}

} // namespace ui
