// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/submission.h"

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/formats/file_content.h"
#include "core/formats/model_file.h"
#include "core/formats/zip_reader.h"
#include "core/formats/zip_writer.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace core
{

namespace
{

constexpr const char* kModelMember = "model.safetensors";
constexpr const char* kClaimMember = "submission.json";
constexpr const char* kVersionKey = "caddie_submission";
constexpr int kVersion = 1;
constexpr std::size_t kAlignment = 8;
constexpr int kMost = 1'000'000'000; ///< of whatever is counted

[[noreturn]] void refuse(const std::string& sentence)
{
    throw Error(ErrorKind::Input, sentence);
}

nlohmann::json claimOf(const Submission& submission)
{
    nlohmann::json json = {{kVersionKey, kVersion},
                           {"name", submission.name},
                           {"model_sha256", submission.modelHash},
                           {"nonzero", submission.nonzero},
                           {"parameters", submission.parameters},
                           {"correct", submission.correct},
                           {"images", submission.images},
                           {"data", submission.data},
                           {"data_sha256", submission.dataHash},
                           {"selected_on", submission.selectedOn},
                           {"league", leagueName(submission.league)},
                           {"backend", submission.backend},
                           {"program", submission.program}};
    if (!submission.recipe.empty())
        json["recipe"] = nlohmann::json::parse(submission.recipe);
    return json;
}

int countIn(const nlohmann::json& json, const char* key)
{
    const auto& value = json.at(key);
    if (!value.is_number_integer() || value < 0 || value > kMost)
        refuse(fmt::format("claims {} to be {}, expected a whole number up to {}", key,
                           value.dump(), kMost));
    return value.get<int>();
}

League leagueIn(const std::string& name)
{
    for (const League league : {League::Raw, League::Transformed, League::Averaged})
        if (name == leagueName(league))
            return league;
    refuse(fmt::format("claims the league \"{}\", expected raw, transformed or averaged", name));
}

/// `model` is the network that it is about.
Submission parseClaim(std::string_view text, Model model)
{
    try {
        const auto json = nlohmann::json::parse(text);
        if (const int version = json.at(kVersionKey).get<int>(); version != kVersion)
            refuse(fmt::format("is a submission of version {}, expected {}", version, kVersion));
        Submission claim;
        json.at("name").get_to(claim.name);
        if (claim.name.empty())
            refuse("has no name, expected one");
        json.at("model_sha256").get_to(claim.modelHash);
        claim.nonzero = static_cast<std::size_t>(countIn(json, "nonzero"));
        claim.parameters = static_cast<std::size_t>(countIn(json, "parameters"));
        claim.correct = countIn(json, "correct");
        claim.images = countIn(json, "images");
        json.at("data").get_to(claim.data);
        json.at("data_sha256").get_to(claim.dataHash);
        json.at("selected_on").get_to(claim.selectedOn);
        claim.league = json.contains("league") ? leagueIn(json["league"].get<std::string>())
                                               : leagueOf(model.architecture);
        claim.backend = json.value("backend", "");
        claim.program = json.value("program", "");
        if (json.contains("recipe"))
            claim.recipe = json["recipe"].dump();
        claim.model = std::move(model);
        claim.model.name = claim.name;
        return claim;
    } catch (const nlohmann::json::exception& error) {
        refuse(fmt::format("has a {} that is not what Caddie writes ({})", kClaimMember,
                           error.what()));
    }
}

Submission readContent(Bytes content, const std::string& name)
{
    ZipReader zip(content);
    MemoryBudget budget;
    for (const char* member : {kClaimMember, kModelMember})
        if (!zip.contains(member))
            refuse(fmt::format("has no {}, expected an archive of {} and {}", member, kClaimMember,
                               kModelMember));
    const Bytes claim = zip.read(kClaimMember, budget);
    return parseClaim({reinterpret_cast<const char*>(claim.data()), claim.size()},
                      readModel(zip.read(kModelMember, budget), name));
}

/// A number of the claim that can be counted here.
void check(const Submission& submission, const char* what, std::size_t claimed, std::size_t found)
{
    if (claimed != found)
        refuse(fmt::format("{} claims {} {}, and its model has {}", submission.name,
                           withThousands(static_cast<std::int64_t>(claimed)), what,
                           withThousands(static_cast<std::int64_t>(found))));
}

void checkModel(const Submission& submission)
{
    const Model& model = submission.model;
    check(submission, "parameters", submission.parameters, model.parameters.count());
    check(submission, "non-zero parameters", submission.nonzero, strictNonzero(model.parameters));
    if (submission.selectedOn != model.provenance.selectedOn)
        refuse(fmt::format("{} claims to be selected on \"{}\", and its model says \"{}\"",
                           submission.name, submission.selectedOn, model.provenance.selectedOn));
    if (const League league = leagueOf(model.architecture); submission.league != league)
        refuse(fmt::format("{} claims the league \"{}\", and its model plays \"{}\"",
                           submission.name, leagueName(submission.league), leagueName(league)));
    if (submission.modelHash != modelHash(model))
        refuse(fmt::format("{} was made for a model of another hash ({}...) than the one inside "
                           "({}...)",
                           submission.name, submission.modelHash.substr(0, 8),
                           modelHash(model).substr(0, 8)));
}

void checkData(const Submission& submission, const Dataset& data)
{
    if (submission.data != data.description())
        throw Error(ErrorKind::DataMissing,
                    fmt::format("{} was measured on {}, and the data here is {}", submission.name,
                                submission.data, data.description()));
    if (submission.dataHash != datasetHash(data))
        throw Error(ErrorKind::DataMissing,
                    fmt::format("{} was measured on other images than those of {} here",
                                submission.name, data.description()));
}

} // namespace

Submission makeSubmission(const Model& model, Backend& backend, const Dataset& data,
                          const std::string& program, std::stop_token stop)
{
    const Score score = verifyModel(model, backend, data, std::move(stop));
    return {model.name,
            model,
            score.modelHash,
            score.nonzero,
            model.parameters.count(),
            score.correct,
            score.images,
            score.data,
            datasetHash(data),
            score.selectedOn,
            score.league,
            model.provenance.recipe,
            backend.name(),
            program};
}

void writeSubmission(const Submission& submission, const std::filesystem::path& file)
{
    if (file.extension() != ".zip")
        throw Error(ErrorKind::Usage, fmt::format("{}: the extension is \"{}\", expected .zip",
                                                  file.string(), file.extension().string()));
    const std::string claim = claimOf(submission).dump(2) + '\n';
    ZipWriter zip;
    zip.add(kModelMember, modelContent(submission.model), kAlignment);
    zip.add(kClaimMember, std::as_bytes(std::span(claim)), kAlignment);
    writeFileAtomically(file, zip.finish());
}

std::filesystem::path keepSubmission(const Submission& submission,
                                     const std::filesystem::path& folder)
{
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed)
        throw Error(ErrorKind::Output, fmt::format("{}: the folder can't be made: {}",
                                                   folder.string(), failed.message()));
    std::filesystem::path file = folder / fmt::format("{}.zip", submission.modelHash.substr(0, 16));
    writeSubmission(submission, file);
    return file;
}

Submission readSubmission(const std::filesystem::path& file)
{
    try {
        return readContent(readFileContent(file), kModelMember);
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::Input)
            throw;
        refuse(fmt::format("{}: {}", file.string(), error.what()));
    }
}

Score verifySubmission(const Submission& submission, Backend& backend, const Dataset& data,
                       std::stop_token stop)
{
    checkModel(submission);
    checkData(submission, data);
    Score score = verifyModel(submission.model, backend, data, std::move(stop));
    if (submission.correct != score.correct || submission.images != score.images)
        refuse(fmt::format("{} claims {} of {} right on {}, and {} finds {} of {}", submission.name,
                           withThousands(submission.correct), withThousands(submission.images),
                           submission.data, backend.name(), withThousands(score.correct),
                           withThousands(score.images)));
    return score;
}

} // namespace core
