// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/recipe_file.h"

#include "core/base/error.h"
#include "ui/figures/recipe.h"

#include <QBuffer>
#include <QImageReader>
#include <QJsonDocument>
#include <QXmlStreamReader>

namespace ui
{

namespace
{

/// Text of the first element of that name, without its prefix; empty without one.
QByteArray textOfElement(const QByteArray& xmlText, QStringView name)
{
    QXmlStreamReader xml(xmlText);
    while (!xml.atEnd())
        if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == name)
            return xml.readElementText().toUtf8();
    return {};
}

/// QPdfWriter leaves the metadata uncompressed.
QByteArray recipeOfPdf(const QByteArray& pdf)
{
    static const QByteArray kEnd = "</x:xmpmeta>";
    const qsizetype first = pdf.indexOf("<x:xmpmeta");
    const qsizetype last = pdf.indexOf(kEnd, first);
    if (first < 0 || last < 0)
        return {};
    return textOfElement(pdf.mid(first, last - first + kEnd.size()), u"recipe");
}

QByteArray recipeOfPng(QByteArray bytes)
{
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    return QImageReader(&buffer, "png").text(QStringLiteral("Recipe")).toUtf8();
}

QByteArray recipeTextIn(const QByteArray& bytes)
{
    if (bytes.startsWith("%PDF-"))
        return recipeOfPdf(bytes);
    if (bytes.startsWith("\x89PNG"))
        return recipeOfPng(bytes);
    if (bytes.trimmed().startsWith('<'))
        return textOfElement(bytes, u"metadata");
    return bytes;
}

[[noreturn]] void refuse(const std::filesystem::path& file, const QString& why)
{
    throw core::Error(core::ErrorKind::Input, file.string() + ": " + why.toStdString());
}

} // namespace

QJsonObject recipeIn(const QByteArray& bytes, const std::filesystem::path& file)
{
    const QByteArray text = recipeTextIn(bytes);
    if (text.isEmpty())
        refuse(file,
               QStringLiteral("there is no recipe inside; expected a figure that Caddie wrote "
                              "as SVG, PDF or PNG, or its recipe as JSON"));
    QJsonParseError error;
    const QJsonObject recipe = QJsonDocument::fromJson(text, &error).object();
    if (error.error != QJsonParseError::NoError)
        refuse(file, QStringLiteral("the recipe is damaged: %1 at byte %2")
                         .arg(error.errorString())
                         .arg(error.offset));
    const int version = recipe.value(QStringLiteral("recipe")).toInt(0);
    if (version < 1 || !recipe.contains(QStringLiteral("view")))
        refuse(file, QStringLiteral("this is no recipe: \"recipe\" (its version) or \"view\" is "
                                    "missing"));
    if (version > kRecipeVersion)
        refuse(file, QStringLiteral("the recipe has version %1, this program reads up to %2")
                         .arg(version)
                         .arg(kRecipeVersion));
    return recipe;
}

ExportOptions sizeOf(const QJsonObject& recipe)
{
    const QJsonObject size = recipe.value(QStringLiteral("size")).toObject();
    ExportOptions options;
    options.widthMm = size.value(QStringLiteral("widthMm")).toDouble(options.widthMm);
    options.dpi = size.value(QStringLiteral("dpi")).toInt(options.dpi);
    options.magnification =
        size.value(QStringLiteral("magnification")).toDouble(options.magnification);
    const bool drawable = options.widthMm >= 20 && options.widthMm <= 2000 && options.dpi >= 36 &&
                          options.dpi <= 2400 && options.magnification >= 0.1 &&
                          options.magnification <= 10;
    if (!drawable)
        throw core::Error(core::ErrorKind::Input,
                          QStringLiteral("the recipe's size can't be drawn: %1 mm at %2 dpi, "
                                         "magnified %3 times")
                              .arg(options.widthMm)
                              .arg(options.dpi)
                              .arg(options.magnification)
                              .toStdString());
    return options;
}

} // namespace ui
