// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/recipe.h"

#include "core/model/architecture_text.h"

#include <QJsonDocument>

#include <variant>

namespace ui
{

QJsonObject modelRecipe(const core::Model& model)
{
    return {
        {QStringLiteral("name"), QString::fromStdString(model.name)},
        {QStringLiteral("hash"), QString::fromStdString(core::modelHash(model))},
        {QStringLiteral("architecture"), QString::fromStdString(core::toText(model.architecture))},
        {QStringLiteral("parameters"), static_cast<qint64>(model.parameters.count())},
        {QStringLiteral("nonzero"), static_cast<qint64>(model.parameters.nonzero())},
        {QStringLiteral("selectedOn"), QString::fromStdString(model.provenance.selectedOn)}};
}

QJsonObject toRecipe(const core::MaximizerOptions& options)
{
    const bool maximize = options.direction == core::Direction::Maximize;
    const bool pixels = options.start == core::StartImage::Pixels;
    const bool unit = options.range == core::PixelRange::Unit;
    return {
        {QStringLiteral("steps"), options.steps},
        {QStringLiteral("lr"), options.lr},
        {QStringLiteral("l2"), options.l2},
        {QStringLiteral("totalVariation"), options.totalVariation},
        {QStringLiteral("blur"), options.blur},
        {QStringLiteral("jitter"), options.jitter},
        {QStringLiteral("start"), pixels ? QStringLiteral("pixels") : QStringLiteral("fourier")},
        {QStringLiteral("startNoise"), options.startNoise},
        {QStringLiteral("direction"),
         maximize ? QStringLiteral("maximize") : QStringLiteral("minimize")},
        {QStringLiteral("range"), unit ? QStringLiteral("unit") : QStringLiteral("free")},
        // As text: a JSON number is a double, and a seed has 64 bits.
        {QStringLiteral("seed"), QString::number(options.seed)}};
}

QByteArray recipeText(const QJsonObject& recipe)
{
    return QJsonDocument(recipe).toJson(QJsonDocument::Compact);
}

QString stageText(core::Stage stage)
{
    return stage == core::Stage::Pre ? QStringLiteral("pre") : QStringLiteral("post");
}

QString stageSentence(const core::Architecture& architecture, const core::Unit& unit,
                      core::Stage stage)
{
    if (unit.preLayer == unit.postLayer)
        return {};
    const auto& layer = architecture.layers()[static_cast<std::size_t>(unit.postLayer)];
    const auto* activation = std::get_if<core::Activation>(&layer);
    const QString name =
        activation != nullptr ? activationName(activation->kind) : QStringLiteral("the activation");
    return (stage == core::Stage::Pre ? QStringLiteral("before ") : QStringLiteral("after ")) +
           name;
}

QString activationName(core::ActivationKind kind)
{
    switch (kind) {
    case core::ActivationKind::ReLU:
        return QStringLiteral("ReLU");
    case core::ActivationKind::PReLU:
        return QStringLiteral("PReLU");
    case core::ActivationKind::LeakyReLU:
        return QStringLiteral("leaky ReLU");
    case core::ActivationKind::Sigmoid:
        return QStringLiteral("sigmoid");
    case core::ActivationKind::Tanh:
        return QStringLiteral("tanh");
    }
    return {};
}

QString grouped(qlonglong number)
{
    QString digits = QString::number(number < 0 ? -number : number);
    for (qsizetype at = digits.size() - 3; at > 0; at -= 3)
        digits.insert(at, u',');
    return number < 0 ? u'\u2212' + digits : digits;
}

} // namespace ui
