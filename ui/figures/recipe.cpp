// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/recipe.h"

#include "core/base/error.h"
#include "core/model/architecture_text.h"
#include "ui/figures/export.h"
#include "ui/figures/figure.h"

#include <QJsonDocument>
#include <QtEndian>

#include <algorithm>
#include <cmath>
#include <variant>

namespace ui
{

namespace
{

constexpr QLatin1String kBytes("u8:");
constexpr QLatin1String kFloats("f32:");

QByteArray asBytes(std::span<const float> values)
{
    QByteArray bytes;
    for (const float value : values)
        bytes.append(static_cast<char>(std::lround(std::clamp(255 * value, 0.0F, 255.0F))));
    return bytes;
}

std::vector<float> fromBytes(const QByteArray& bytes)
{
    std::vector<float> values;
    for (const char byte : bytes)
        values.push_back(static_cast<float>(static_cast<unsigned char>(byte)) / 255.0F);
    return values;
}

/// As the command line asks of them.
void checkComputable(const core::MaximizerOptions& options)
{
    constexpr int kMostSteps = 1'000'000;
    constexpr int kMostPixels = 28;
    const auto within = [](double value, double most) { return value >= 0 && value <= most; };
    if (!(within(options.steps, kMostSteps) && within(options.blur, kMostPixels) &&
          within(options.jitter, kMostPixels) && options.lr > 0 && options.l2 >= 0 &&
          options.totalVariation >= 0 && options.startNoise >= 0))
        throw core::Error(core::ErrorKind::Input,
                          QStringLiteral("the recipe's settings can't be computed: %1 steps, lr "
                                         "%2, blur %3, jitter %4, or a negative weight")
                              .arg(options.steps)
                              .arg(options.lr)
                              .arg(options.blur)
                              .arg(options.jitter)
                              .toStdString());
}

} // namespace

QJsonObject fileRecipe(const Figure& figure, const ExportOptions& options)
{
    QJsonObject recipe = figure.recipe();
    recipe.insert(QStringLiteral("recipe"), kRecipeVersion);
    recipe.insert(QStringLiteral("size"),
                  QJsonObject{{QStringLiteral("widthMm"), options.widthMm},
                              {QStringLiteral("dpi"), options.dpi},
                              {QStringLiteral("magnification"), options.magnification}});
    if (!figure.isComputed())
        return recipe;
    if (!options.origin.backend.isEmpty())
        recipe.insert(QStringLiteral("backend"), options.origin.backend);
    if (recipe.contains(QStringLiteral("data")) && !options.origin.dataHash.isEmpty())
        recipe.insert(QStringLiteral("dataHash"), options.origin.dataHash);
    return recipe;
}

QString packedFloats(std::span<const float> values)
{
    if (const QByteArray bytes = asBytes(values); std::ranges::equal(fromBytes(bytes), values))
        return kBytes + QString::fromLatin1(bytes.toBase64());
    QByteArray floats(static_cast<qsizetype>(4 * values.size()), Qt::Uninitialized);
    qToLittleEndian<float>(values.data(), static_cast<qsizetype>(values.size()), floats.data());
    return kFloats + QString::fromLatin1(floats.toBase64());
}

std::vector<float> unpackedFloats(const QString& text)
{
    const qsizetype content = text.indexOf(u':') + 1;
    const auto decoded = QByteArray::fromBase64Encoding(text.mid(content).toLatin1(),
                                                        QByteArray::AbortOnBase64DecodingErrors);
    if (decoded && text.startsWith(kBytes))
        return fromBytes(*decoded);
    if (!decoded || !text.startsWith(kFloats) || (*decoded).size() % 4 != 0)
        throw core::Error(core::ErrorKind::Input,
                          "numbers of a recipe: found '" + text.left(20).toStdString() +
                              "', expected \"u8:\" or \"f32:\" before base64");
    std::vector<float> values(static_cast<std::size_t>((*decoded).size() / 4));
    qFromLittleEndian<float>((*decoded).constData(), static_cast<qsizetype>(values.size()),
                             values.data());
    return values;
}

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
    const bool maximize = options.direction == core::AscentDirection::Maximize;
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

core::MaximizerOptions maximizerFromRecipe(const QJsonObject& settings)
{
    core::MaximizerOptions options;
    const auto number = [&](const char* key, double fallback) {
        return settings.value(QLatin1String(key)).toDouble(fallback);
    };
    const auto is = [&](const char* key, const char* word) {
        return settings.value(QLatin1String(key)).toString() == QLatin1String(word);
    };
    options.steps = settings.value(QStringLiteral("steps")).toInt(options.steps);
    options.lr = number("lr", options.lr);
    options.l2 = number("l2", options.l2);
    options.totalVariation = number("totalVariation", options.totalVariation);
    options.blur = number("blur", options.blur);
    options.jitter = settings.value(QStringLiteral("jitter")).toInt(options.jitter);
    options.startNoise = number("startNoise", options.startNoise);
    options.start = is("start", "fourier") ? core::StartImage::Fourier : core::StartImage::Pixels;
    options.direction = is("direction", "minimize") ? core::AscentDirection::Minimize
                                                    : core::AscentDirection::Maximize;
    options.range = is("range", "unit") ? core::PixelRange::Unit : core::PixelRange::Free;
    options.seed = settings.value(QStringLiteral("seed")).toString().toULongLong();
    checkComputable(options);
    return options;
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
    case core::ActivationKind::SiLU:
        return QStringLiteral("SiLU");
    case core::ActivationKind::GELU:
        return QStringLiteral("GELU");
    case core::ActivationKind::ELU:
        return QStringLiteral("ELU");
    case core::ActivationKind::Abs:
        return QStringLiteral("absolute value");
    case core::ActivationKind::SquaredReLU:
        return QStringLiteral("squared ReLU");
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
