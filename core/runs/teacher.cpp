// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/teacher.h"

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/data/dataset.h"
#include "core/formats/model_file.h"
#include "core/model/architecture_text.h"
#include "core/runs/run_file.h"
#include "core/runs/state_bytes.h"
#include "core/train/logits.h"

#include <fmt/format.h>

namespace core
{

namespace
{

namespace fs = std::filesystem;

/// Absent or damaged: nothing.
std::optional<std::vector<float>> readLogits(const fs::path& file, std::size_t count)
{
    std::error_code ignored;
    if (!fs::exists(file, ignored))
        return std::nullopt;
    try {
        const std::string content = readRunFile(file);
        StateReader reader(std::as_bytes(std::span(content)));
        std::vector<float> logits;
        reader.take(logits);
        if (reader.atEnd() && logits.size() == count)
            return logits;
    } catch (const Error&) {
        // It is measured again.
    }
    return std::nullopt;
}

void keepLogits(const fs::path& file, const std::vector<float>& logits)
{
    StateWriter writer;
    writer.put(logits);
    std::error_code failed;
    fs::create_directories(file.parent_path(), failed);
    try {
        if (!failed)
            writeFileAtomically(file, writer.bytes());
    } catch (const Error&) {
        // The next run measures it again.
    }
}

} // namespace

std::optional<Model> openTeacher(TrainingSwitches& switches, const Architecture& student)
{
    if (switches.teacher.empty())
        return std::nullopt;
    Model teacher = openModel(switches.teacher);
    const Architecture& architecture = teacher.architecture;
    if (architecture.inputShape() != student.inputShape() ||
        architecture.classes() != student.classes())
        throw Error(ErrorKind::Usage,
                    fmt::format("{}: the teacher is {} with {} outputs, which doesn't fit {}",
                                switches.teacher, toText(architecture), architecture.classes(),
                                toText(student)));
    switches.teacher = fs::path(switches.teacher).filename().string();
    switches.teacherHash = modelHash(teacher);
    return teacher;
}

std::optional<std::vector<float>> teacherLogits(const fs::path& run, const Dataset& images,
                                                const BackendOptions& backend,
                                                const std::stop_token& stop)
{
    const Model teacher = openModel(run / kTeacherFile);
    const std::string name =
        fmt::format("{}-{}", modelHash(teacher).substr(0, 32), datasetHash(images).substr(0, 32));
    const fs::path file = fs::absolute(run).parent_path() / ".teachers" / name;
    const std::size_t count =
        images.labels.size() * static_cast<std::size_t>(teacher.architecture.classes());
    if (auto kept = readLogits(file, count))
        return kept;
    const auto asked = makeBackend(teacher.architecture, {.threads = backend.threads});
    auto logits = logitsOf(*asked, teacher.parameters.values(), images, stop);
    if (logits)
        keepLogits(file, *logits);
    return logits;
}

} // namespace core
