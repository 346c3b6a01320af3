// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/submission.h"

#include "core/data/sample_digits.h"
#include "core/formats/model_file.h"
#include "core/formats/zip_reader.h"
#include "core/formats/zip_writer.h"
#include "core/model/architecture_text.h"
#include "tests/support/errors.h"
#include "tests/support/places.h"

#include <functional>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace core
{

namespace
{

class SubmissionTest : public testing::Test
{
protected:
    SubmissionTest()
    {
        model.name = "mine";
        model.architecture = parseArchitecture("2@3x3 relu pool, linear 10");
        model.parameters = initialParameters(model.architecture, 3);
        model.parameters.values()[5] = 0; // one weight is gone
        model.provenance.selectedOn = "validation";
        model.provenance.recipe = R"({"seed":7})";
        backend = makeBackend(model.architecture, {BackendChoice::Auto, 1});
    }

    Submission made() { return makeSubmission(model, *backend, data, "caddie test"); }

    /// The file with its claim changed by hand.
    std::filesystem::path forged(const std::function<void(nlohmann::json&)>& change)
    {
        const auto file = folder / "forged.zip";
        writeSubmission(made(), file);
        const std::string content = test::readFile(file);
        ZipReader zip(std::as_bytes(std::span(content)));
        MemoryBudget budget;
        const Bytes inside = zip.read("model.safetensors", budget);
        const Bytes text = zip.read("submission.json", budget);
        auto json = nlohmann::json::parse(
            std::string_view(reinterpret_cast<const char*>(text.data()), text.size()));
        change(json);
        const std::string claim = json.dump();
        ZipWriter writer;
        writer.add("model.safetensors", inside, 8);
        writer.add("submission.json", std::as_bytes(std::span(claim)), 8);
        const auto bytes = writer.finish();
        test::writeFile(file, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
        return file;
    }

    void expectRefused(const std::function<void(nlohmann::json&)>& change, const std::string& words)
    {
        const auto file = forged(change);
        test::expectError(ErrorKind::Input, words,
                          [&] { verifySubmission(readSubmission(file), *backend, data); });
    }

    test::TemporaryFolder folder;
    Model model;
    Dataset data = sampleDigits(200, 5, Split::Test);
    std::unique_ptr<Backend> backend;
};

} // namespace

TEST_F(SubmissionTest, ComesBackAsItWasAndHolds)
{
    const auto file = folder / "s.zip";
    writeSubmission(made(), file);
    const Submission read = readSubmission(file);
    EXPECT_EQ(read.name, "mine");
    EXPECT_EQ(read.nonzero, model.parameters.count() - 1);
    EXPECT_EQ(read.selectedOn, "validation");
    EXPECT_EQ(nlohmann::json::parse(read.recipe), nlohmann::json::parse(model.provenance.recipe));
    EXPECT_EQ(modelHash(read.model), modelHash(model));
    const Score score = verifySubmission(read, *backend, data);
    EXPECT_TRUE(score.verified());
    // Counted by hand from the predictions, not taken from the claim.
    const Evaluation evaluation = backend->evaluate(model.parameters.values(), data);
    int right = 0;
    for (std::size_t i = 0; i < data.labels.size(); ++i)
        right += evaluation.predictions[i] == data.labels[i] ? 1 : 0;
    EXPECT_EQ(score.correct, right);
    EXPECT_EQ(score.nonzero, model.parameters.nonzero());
    EXPECT_EQ(score.data, data.description());
}

TEST_F(SubmissionTest, IsTheSameBytesForTheSameModel)
{
    writeSubmission(made(), folder / "a.zip");
    writeSubmission(made(), folder / "b.zip");
    EXPECT_EQ(test::readFile(folder / "a.zip"), test::readFile(folder / "b.zip"));
}

TEST_F(SubmissionTest, HasAModelThatEveryToolCanTakeOut)
{
    writeSubmission(made(), folder / "s.zip");
    const std::string content = test::readFile(folder / "s.zip");
    ZipReader zip(std::as_bytes(std::span(content)));
    MemoryBudget budget;
    const Bytes inside = zip.read("model.safetensors", budget);
    test::writeFile(folder / "m.safetensors",
                    {reinterpret_cast<const char*>(inside.data()), inside.size()});
    EXPECT_EQ(modelHash(openModel(folder / "m.safetensors")), modelHash(model));
}

TEST_F(SubmissionTest, RefusesEveryNumberThatIsNotFoundAgain)
{
    const auto more = [](const char* key) {
        return [key](nlohmann::json& claim) { claim[key] = claim[key].get<int>() + 1; };
    };
    expectRefused(more("correct"), "right on sample digits");
    expectRefused(more("images"), "right on sample digits");
    expectRefused(more("nonzero"), "non-zero parameters, and its model has");
    expectRefused(more("parameters"), "parameters, and its model has");
    expectRefused([](auto& claim) { claim["selected_on"] = ""; }, "its model says \"validation\"");
    expectRefused([](auto& claim) { claim["model_sha256"] = std::string(64, '0'); },
                  "another hash (00000000...)");
}

TEST_F(SubmissionTest, SaysItsLeagueAndRefusesAnother)
{
    EXPECT_EQ(made().league, League::Raw);
    expectRefused([](auto& claim) { claim["league"] = "averaged"; }, "its model plays \"raw\"");
    expectRefused([](auto& claim) { claim["league"] = "open"; }, "expected raw, transformed");
    model.architecture = parseArchitecture("input 28x28 deskew shifts, 2@3x3 relu pool, linear 10");
    backend = makeBackend(model.architecture, {BackendChoice::Auto, 1});
    EXPECT_EQ(made().league, League::Averaged);
    expectRefused([](auto& claim) { claim["league"] = "raw"; }, "its model plays \"averaged\"");
}

TEST_F(SubmissionTest, TakesOlderOnesForWhatTheirNetworkPlays)
{
    const auto read = [&] { return readSubmission(forged([](auto& c) { c.erase("league"); })); };
    EXPECT_EQ(verifySubmission(read(), *backend, data).league, League::Raw);
    model.architecture = parseArchitecture("input 28x28 deskew, 2@3x3 relu pool, linear 10");
    backend = makeBackend(model.architecture, {BackendChoice::Auto, 1});
    EXPECT_EQ(verifySubmission(read(), *backend, data).league, League::Transformed);
}

TEST_F(SubmissionTest, WantsTheDataThatItWasMeasuredOn)
{
    const Submission submission = made();
    const Dataset other = sampleDigits(300, 5, Split::Test);
    test::expectError(ErrorKind::DataMissing, "300 images",
                      [&] { verifySubmission(submission, *backend, other); });
    const Dataset drawnAnew = sampleDigits(200, 6, Split::Test); // as many, but others
    test::expectError(ErrorKind::DataMissing, "other images",
                      [&] { verifySubmission(submission, *backend, drawnAnew); });
}

TEST_F(SubmissionTest, RefusesWhatIsNoSubmission)
{
    const auto refused = [&](const std::string& content, const std::string& words) {
        test::writeFile(folder / "x.zip", content);
        test::expectError(ErrorKind::Input, words, [&] { readSubmission(folder / "x.zip"); });
    };
    refused("not a zip", "x.zip");
    ZipWriter empty;
    empty.add("readme", {}, 8);
    const auto bytes = empty.finish();
    refused({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, "has no submission.json");
    test::expectError(ErrorKind::Input, "version 2",
                      [&] { readSubmission(forged([](auto& c) { c["caddie_submission"] = 2; })); });
    test::expectError(ErrorKind::Input, "claims nonzero to be \"many\", expected a whole number",
                      [&] { readSubmission(forged([](auto& c) { c["nonzero"] = "many"; })); });
    test::expectError(ErrorKind::Input, "claims images to be 10000000000000000000, expected", [&] {
        readSubmission(forged([](auto& c) { c["images"] = 10000000000000000000U; }));
    });
    test::expectError(ErrorKind::Input, "submission.json",
                      [&] { readSubmission(forged([](auto& c) { c["data"] = 1; })); });
    test::expectError(ErrorKind::Usage, ".zip", [&] { writeSubmission(made(), folder / "s.txt"); });
}

TEST_F(SubmissionTest, IsKeptOnceForTheSameNetwork)
{
    const auto first = keepSubmission(made(), folder / "kept");
    Submission renamed = made();
    renamed.name = "the same under another name";
    EXPECT_EQ(keepSubmission(renamed, folder / "kept"), first);
    EXPECT_EQ(readSubmission(first).name, renamed.name);
}

} // namespace core
