// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/opening.h"

#include "app/data_choice.h"
#include "app/output.h"
#include "core/base/error.h"
#include "core/model/architecture_text.h"

#include <fmt/format.h>

namespace app
{

namespace
{

/// Says on stderr what nobody should overlook, whatever the command prints.
void warnAbout(const core::Model& model, const CommonOptions& options)
{
    if (model.layout == core::LayoutSource::Inferred)
        note(options, fmt::format("{}: layout inferred: {}; {} others fit", model.name,
                                  core::toText(model.architecture), model.otherLayouts));
    for (const std::string& warning : model.notes)
        note(options, fmt::format("{}: {}", model.name, warning));
}

core::DatasetPointer labelledImages(const CommonOptions& options)
{
    CommonOptions quietly = options;
    quietly.quiet = true;
    return loadData(quietly, core::Split::Test);
}

core::OpenOptions askedLayout(const ModelChoice& choice, const CommonOptions& options)
{
    if (!choice.architecture.empty())
        return {nullptr, core::parseArchitecture(choice.architecture)};
    if (choice.layout == 0)
        return {};
    const auto layouts = layoutsOf(choice, options);
    if (choice.layout > static_cast<int>(layouts.size()))
        throw core::Error(core::ErrorKind::Usage,
                          fmt::format("--layout {}: {} layouts fit {}", choice.layout,
                                      layouts.size(), choice.file));
    return {nullptr, layouts[static_cast<std::size_t>(choice.layout - 1)]};
}

} // namespace

std::vector<core::Architecture> layoutsOf(const ModelChoice& choice, const CommonOptions& options)
{
    return core::candidateLayouts(choice.file, {labelledImages(options), std::nullopt});
}

OpenedModel openChosenModel(const ModelChoice& choice, const CommonOptions& options)
{
    core::OpenOptions how = askedLayout(choice, options);
    auto model = std::make_shared<core::Model>(core::openModel(choice.file, how));
    // Most files need no images, and loading those takes longer than the rest.
    if (!how.architecture && model->otherLayouts > 0) {
        how.labelled = labelledImages(options);
        *model = core::openModel(choice.file, how);
    }
    warnAbout(*model, options);
    return {model, how};
}

ModelChoice choiceOfSecond(const ModelChoice& first, ModelChoice second)
{
    if (second.layout == 0 && second.architecture.empty()) {
        second.layout = first.layout;
        second.architecture = first.architecture;
    }
    return second;
}

Subject openSubject(const ModelChoice& choice, const CommonOptions& options)
{
    Subject subject;
    subject.model = openChosenModel(choice, options).model;
    subject.backend = core::makeBackend(subject.model->architecture, options.backendOptions());
    return subject;
}

} // namespace app
