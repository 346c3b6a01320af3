// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/pdf_metadata.h"

#include "ui/figures/figure.h"

#include <QXmlStreamWriter>

namespace ui
{

namespace
{

const QString kRdf = QStringLiteral("http://www.w3.org/1999/02/22-rdf-syntax-ns#");
const QString kDublinCore = QStringLiteral("http://purl.org/dc/elements/1.1/");
const QString kCaddie = QStringLiteral("https://caddie.invalid/ns/figure#");

/// Dublin Core's texts are lists of one entry a language.
void writeText(QXmlStreamWriter& xml, const QString& name, const QString& text)
{
    xml.writeStartElement(kDublinCore, name);
    xml.writeStartElement(kRdf, QStringLiteral("Alt"));
    xml.writeStartElement(kRdf, QStringLiteral("li"));
    xml.writeAttribute(QStringLiteral("xml:lang"), QStringLiteral("x-default"));
    xml.writeCharacters(text);
    xml.writeEndElement();
    xml.writeEndElement();
    xml.writeEndElement();
}

} // namespace

QByteArray xmpMetadata(const Figure& figure, const QByteArray& recipe)
{
    QByteArray packet("<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n");
    QXmlStreamWriter xml(&packet);
    xml.writeNamespace(kRdf, QStringLiteral("rdf"));
    xml.writeNamespace(kDublinCore, QStringLiteral("dc"));
    xml.writeNamespace(kCaddie, QStringLiteral("caddie"));
    xml.writeNamespace(QStringLiteral("adobe:ns:meta/"), QStringLiteral("x"));
    xml.writeStartElement(QStringLiteral("adobe:ns:meta/"), QStringLiteral("xmpmeta"));
    xml.writeStartElement(kRdf, QStringLiteral("RDF"));
    xml.writeStartElement(kRdf, QStringLiteral("Description"));
    xml.writeAttribute(kRdf, QStringLiteral("about"), QString());
    writeText(xml, QStringLiteral("title"), figure.title());
    writeText(xml, QStringLiteral("description"), figure.caption());
    xml.writeTextElement(kCaddie, QStringLiteral("recipe"), QString::fromUtf8(recipe));
    xml.writeEndElement();
    xml.writeEndElement();
    xml.writeEndElement();
    return packet + "\n<?xpacket end=\"r\"?>";
}

QByteArray withoutDate(QByteArray pdf)
{
    static const QByteArray kKey = "/CreationDate (D:";
    static const QByteArray kFixed = "20000101000000";
    const qsizetype place = pdf.indexOf(kKey);
    if (place >= 0)
        pdf.replace(place + kKey.size(), kFixed.size(), kFixed);
    return pdf;
}

} // namespace ui
