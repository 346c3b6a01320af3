// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/figure_album.h"

#include "app/commands/preflight_report.h"
#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "ui/figures/figure.h"

#include <algorithm>
#include <fmt/format.h>

namespace app
{

namespace
{

namespace fs = std::filesystem;

std::string escaped(const std::string& text)
{
    return QString::fromStdString(text).toHtmlEscaped().toStdString();
}

constexpr const char* kPage = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{0}</title>
<style>
body {{ font: 15px/1.5 "Liberation Sans", Arial, sans-serif; color: #1a1f1c; background: #f6f7f5;
       max-width: 1000px; margin: 0 auto; padding: 24px; }}
figure {{ margin: 0 0 32px; padding: 16px; background: #fff; border-radius: 6px; }}
figure img {{ width: 100%; height: auto; }}
nav a {{ margin-right: 12px; white-space: nowrap; }}
figcaption, footer {{ color: #5a645e; }}
a {{ color: #1f7a54; }}
</style>
</head>
<body>
<h1>{0}</h1>
<p>{1}</p>
<nav>{4}</nav>
{2}<footer>Made by Caddie {3}.</footer>
</body>
</html>
)";

} // namespace

FigureAlbum::FigureAlbum(const FigureWriter& writer, fs::path folder,
                         std::vector<std::string> formats, const ui::ExportOptions& size,
                         bool preflight)
    : m_writer(writer), m_folder(std::move(folder)), m_formats(std::move(formats)), m_size(size),
      m_checks(preflight)
{
    std::error_code failed;
    fs::create_directories(m_folder, failed);
    if (!fs::is_directory(m_folder))
        throw core::Error(core::ErrorKind::Output,
                          fmt::format("{}: the folder could not be made: {}", m_folder.string(),
                                      failed.message()));
}

void FigureAlbum::add(const std::string& chapter, const std::string& name, const ui::Figure& figure)
{
    for (const std::string& format : m_formats) {
        const std::string file = name + "." + format;
        m_writer.write(figure, m_folder / file, m_size);
        m_files.push_back(file);
    }
    if (m_checks)
        m_preflight[name] = preflightAsJson(figure, m_size);
    m_entries.push_back(
        {chapter, name, figure.title().toStdString(), figure.caption().toStdString()});
}

std::string FigureAlbum::sectionOf(const Entry& entry) const
{
    std::string text = "<figure>\n";
    // Browsers show these two inside a page; vectors first.
    for (const char* shown : {"svg", "png"}) {
        if (std::ranges::find(m_formats, shown) == m_formats.end())
            continue;
        text += fmt::format("<img src=\"{}.{}\" alt=\"{}\" loading=\"lazy\">\n", entry.name, shown,
                            escaped(entry.title));
        break;
    }
    text += fmt::format("<figcaption><strong>{}.</strong> {}", escaped(entry.title),
                        escaped(entry.caption));
    for (const std::string& format : m_formats)
        text += fmt::format(" <a href=\"{}.{}\">{}</a>", entry.name, format,
                            format == "json" ? "recipe" : format);
    return text + "</figcaption>\n</figure>\n";
}

void FigureAlbum::finish(const std::string& model, const std::string& data, bool complete)
{
    std::string sections;
    std::string links;
    std::string chapter;
    int chapters = 0;
    for (const Entry& entry : m_entries) {
        if (entry.chapter != chapter) {
            chapter = entry.chapter;
            const std::string name = escaped(chapter);
            sections += fmt::format("<h2 id=\"part-{}\">{}</h2>\n", ++chapters, name);
            links += fmt::format("<a href=\"#part-{}\">{}</a> ", chapters, name);
        }
        sections += sectionOf(entry);
    }
    const std::string page =
        fmt::format(kPage, escaped(model),
                    escaped(fmt::format("Data: {}, where a caption names no other.{}", data,
                                        complete ? "" : " Stopped early: figures are missing.")),
                    sections, CADDIE_VERSION, links);
    core::writeFileAtomically(m_folder / "index.html", page);
    m_files.emplace_back("index.html");
}

} // namespace app
