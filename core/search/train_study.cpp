// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/train_study.h"

#include "core/base/error.h"
#include "core/search/search_json.h"

#include <fmt/format.h>

namespace core
{

namespace
{

constexpr const char* kSpaceKey = "caddie:space";
constexpr const char* kSpecKey = "caddie:training";

/// Without what does not change a result.
std::string specText(RunSpec spec)
{
    spec.title.clear();
    spec.threads = 1;
    spec.out.clear();
    return Json::parse(toJson(spec)).dump();
}

} // namespace

std::optional<TrainStudy> storedTrainStudy(Study& study)
{
    const auto space = study.userAttribute(kSpaceKey);
    const auto spec = study.userAttribute(kSpecKey);
    if (!space || !spec)
        return std::nullopt;
    return TrainStudy{searchSpaceFromJson(*space), runSpecFromJson(*spec)};
}

void storeTrainStudy(Study& study, const TrainStudy& work)
{
    const std::string spec = specText(work.spec);
    if (const auto before = study.userAttribute(kSpecKey); before && *before != spec)
        throw Error(ErrorKind::Usage,
                    fmt::format("study {}: its trials are {}, now they would be {}; another study "
                                "can have them",
                                study.name(), *before, spec));
    study.setUserAttribute(kSpecKey, spec);
    study.setUserAttribute(kSpaceKey, Json::parse(toJson(work.space)).dump());
}

} // namespace core
