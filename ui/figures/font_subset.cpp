// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/font_subset.h"

#include <QRawFont>
#include <QXmlStreamReader>

#include <hb-subset.h>

#include <map>
#include <memory>
#include <set>

namespace ui
{

namespace
{

template<auto Destroy>
struct Deleter {
    template<typename T>
    void operator()(T* object) const
    {
        Destroy(object);
    }
};
using Blob = std::unique_ptr<hb_blob_t, Deleter<hb_blob_destroy>>;
using Face = std::unique_ptr<hb_face_t, Deleter<hb_face_destroy>>;
using SubsetInput = std::unique_ptr<hb_subset_input_t, Deleter<hb_subset_input_destroy>>;

Blob blobOf(const QByteArray& bytes)
{
    return Blob(hb_blob_create(bytes.constData(), static_cast<unsigned>(bytes.size()),
                               HB_MEMORY_MODE_DUPLICATE, nullptr, nullptr));
}

/// With the tables that a TrueType font is drawn from.
Face faceOf(const QRawFont& font)
{
    Face face(hb_face_builder_create());
    for (const char* tag : {"GDEF", "GPOS", "OS/2", "cmap", "glyf", "head", "hhea", "hmtx", "loca",
                            "maxp", "name", "post"}) {
        const QByteArray table = font.fontTable(tag);
        if (!table.isEmpty())
            hb_face_builder_add_table(face.get(), hb_tag_from_string(tag, 4), blobOf(table).get());
    }
    return Face(hb_face_create(Blob(hb_face_reference_blob(face.get())).get(), 0));
}

using Characters = std::set<char32_t>;

/// What the texts of an SVG are written with, by the weight of their font.
std::map<int, QString> charactersByWeight(const QByteArray& svg)
{
    std::map<int, Characters> found;
    QXmlStreamReader xml(svg);
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement || xml.name() != u"text")
            continue;
        const int weight = xml.attributes().value(QStringLiteral("font-weight")).toInt();
        for (const char32_t character : xml.readElementText().toUcs4())
            found[weight].insert(character);
    }
    std::map<int, QString> characters;
    for (const auto& [weight, set] : found)
        for (const char32_t character : set)
            characters[weight] += QString::fromUcs4(&character, 1);
    return characters;
}

} // namespace

QByteArray fontSubset(const QFont& font, const QString& characters)
{
    const QRawFont installed = QRawFont::fromFont(font);
    if (!installed.isValid() || installed.familyName() != font.family())
        return {};
    const SubsetInput input(hb_subset_input_create_or_fail());
    for (const char32_t character : characters.toUcs4())
        hb_set_add(hb_subset_input_unicode_set(input.get()), character);
    constexpr unsigned kLicence = 13; // and its address: entries of the table of names
    hb_set_add_range(hb_subset_input_set(input.get(), HB_SUBSET_SETS_NAME_ID), kLicence,
                     kLicence + 1);
    hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_NO_HINTING);
    const Face subset(hb_subset_or_fail(faceOf(installed).get(), input.get()));
    if (!subset)
        return {};
    const Blob blob(hb_face_reference_blob(subset.get()));
    unsigned size = 0;
    const char* bytes = hb_blob_get_data(blob.get(), &size);
    return {bytes, static_cast<qsizetype>(size)};
}

QString fontFaces(const QByteArray& svg, const QFont& font)
{
    QString rules;
    for (const auto& [weight, characters] : charactersByWeight(svg)) {
        QFont weighted = font;
        weighted.setWeight(static_cast<QFont::Weight>(weight));
        const QByteArray subset = fontSubset(weighted, characters);
        if (!subset.isEmpty())
            rules += QStringLiteral("@font-face{font-family:'%1';font-weight:%2;"
                                    "src:url(data:font/ttf;base64,%3)format('truetype')}\n")
                         .arg(font.family(), QString::number(weight),
                              QString::fromLatin1(subset.toBase64()));
    }
    return rules;
}

} // namespace ui
