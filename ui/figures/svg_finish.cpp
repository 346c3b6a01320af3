// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/svg_finish.h"

#include "ui/figures/figure.h"
#include "ui/figures/font_subset.h"
#include "ui/figures/style.h"

#include <QRegularExpression>

namespace ui
{

namespace
{

QString element(const QString& tag, const QString& attributes, const QString& text)
{
    return QStringLiteral("<%1%2>%3</%1>\n").arg(tag, attributes, text.toHtmlEscaped());
}

/// Attributes that repeat SVG's defaults, groups around nothing, rectangles as five corners.
void compact(QString& svg)
{
    for (const char* idle : {" vector-effect=\"none\"", " fill-opacity=\"1\"",
                             " stroke-opacity=\"1\"", " transform=\"matrix(1,0,0,1,0,0)\"",
                             "font-family=\"Sans Serif\" font-size=\"9\" font-weight=\"400\" "
                             "font-style=\"normal\" \n"})
        svg.remove(QLatin1String(idle));
    static const QRegularExpression kEmptyGroup(QStringLiteral("<g [^>]*>\\s*</g>\\s*"));
    svg.remove(kEmptyGroup);
    static const QRegularExpression kCorners(QStringLiteral(
        "M([-\\d.]+),([-\\d.]+) L([-\\d.]+),\\2 L\\3,([-\\d.]+) L\\1,\\4 L\\1,\\2(?![-\\d.e])"));
    svg.replace(kCorners, QStringLiteral("M\\1 \\2H\\3V\\4H\\1z"));
}

void setSize(QString& svg, const QSizeF& millimetres)
{
    const qsizetype from = svg.indexOf(u"width=");
    const qsizetype to = svg.indexOf(u"viewBox=");
    svg.replace(from, to - from,
                QStringLiteral("width=\"%1mm\" height=\"%2mm\"\n ")
                    .arg(millimetres.width(), 0, 'f', 3)
                    .arg(millimetres.height(), 0, 'f', 3));
}

} // namespace

QByteArray finishedSvg(const QByteArray& svg, const Figure& figure, const QByteArray& recipe,
                       const QSizeF& millimetres)
{
    QString text = QString::fromUtf8(svg);
    compact(text);
    text.replace(QStringLiteral("font-family=\"Liberation Sans\""),
                 QStringLiteral("font-family=\"Liberation Sans, Arial, Helvetica, sans-serif\""));
    setSize(text, millimetres);
    text.insert(text.indexOf(u"</defs>"),
                element(QStringLiteral("style"), {}, fontFaces(svg, printStyle().body)));
    text.insert(text.indexOf(u"<defs>"),
                element(QStringLiteral("title"), {}, figure.title()) +
                    element(QStringLiteral("desc"), {}, figure.caption()) +
                    element(QStringLiteral("metadata"), QStringLiteral(" id=\"recipe\""),
                            QString::fromUtf8(recipe)));
    return text.toUtf8();
}

} // namespace ui
