// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/figure_writer.h"

#include "app/environment.h"
#include "core/base/error.h"
#include "ui/figures/figure.h"

#include <QGuiApplication>
#include <fmt/format.h>

namespace app
{

namespace
{

/// Qt's remarks about a desktop that isn't there are not the user's business; failures of an export
/// arrive as exceptions.
void dropRemark(QtMsgType type, const QMessageLogContext&, const QString& text)
{
    if (type == QtCriticalMsg || type == QtFatalMsg)
        fmt::print(stderr, "caddie: {}\n", text.toStdString());
}

std::unique_ptr<QGuiApplication> makeApplication()
{
    qInstallMessageHandler(dropRemark);
    // Qt keeps references to both for as long as the application lives.
    static int argumentCount = 1;
    static char name[] = "caddie";
    static char* arguments[] = {name, nullptr};
    useOffscreenPlatform();
    return std::make_unique<QGuiApplication>(argumentCount, arguments);
}

} // namespace

FigureWriter::FigureWriter() : m_application(makeApplication()) {}

FigureWriter::~FigureWriter() = default;

void FigureWriter::write(const ui::Figure& figure, const std::filesystem::path& file,
                         const ui::ExportOptions& options) const
{
    ui::exportFigure(figure, file, options);
}

void checkFigureFile(const std::string& file)
{
    if (!file.empty() && !ui::figureFormat(file))
        throw core::Error(
            core::ErrorKind::Usage,
            fmt::format("--out {}: expected .svg, .pdf, .png, .csv or .json (the recipe)", file));
}

ui::FigureOrigin originOf(std::initializer_list<const core::Backend*> backends,
                          const core::Dataset* data)
{
    QStringList names;
    for (const core::Backend* backend : backends)
        names << QString::fromStdString(backend->name());
    return {ui::joinedBackends(std::move(names)),
            data == nullptr ? QString() : QString::fromStdString(core::datasetHash(*data))};
}

void writeFigure(const CommonOptions& options, const ui::FigureOrigin& origin,
                 const std::function<std::unique_ptr<ui::Figure>()>& make)
{
    if (options.out.empty())
        return;
    const FigureWriter writer;
    ui::ExportOptions size;
    size.origin = origin;
    writer.write(*make(), options.out, size);
}

} // namespace app
