// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPaintDevice>
#include <QRectF>
#include <QSizeF>
#include <QString>

#include <memory>
#include <vector>

namespace ui
{

/// A text as it was painted, in the device's points.
struct PaintedText {
    QString text;
    QString family;  ///< the font that was found, which may not be the one that was asked for
    double size = 0; ///< of the type
    QColor colour;
    QColor behind; ///< what was painted at its middle before
    QRectF box;    ///< from its baseline to the height of capitals
};

/// A line or outline as it was painted, in the device's points.
struct PaintedLine {
    double width = 0;
    QColor colour;
};

/// A paint device that keeps what is painted instead of showing it.
class DrawingRecord : public QPaintDevice
{
public:
    explicit DrawingRecord(const QSizeF& points);
    ~DrawingRecord() override;

    QPaintEngine* paintEngine() const override;

    const std::vector<PaintedText>& texts() const;
    const std::vector<PaintedLine>& lines() const;
    int images() const;    ///< pixel images
    QRectF bounds() const; ///< of all that was painted but pixel images

protected:
    int metric(PaintDeviceMetric metric) const override;

private:
    class Engine;
    QSizeF m_size;
    std::unique_ptr<Engine> m_engine;
};

} // namespace ui
