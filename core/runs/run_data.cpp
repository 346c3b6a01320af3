// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/run_data.h"

#include "core/backend/prepared_backend.h"
#include "core/base/error.h"
#include "core/base/sha256.h"

#include <algorithm>
#include <numeric>

namespace core
{

namespace
{

constexpr int kMostValidation = 10'000;

int validationSize(const Dataset& training)
{
    return std::min(kMostValidation, training.size() / 6);
}

/// Images `first` to `first + count`.
Dataset part(const Dataset& whole, int first, int count, Split split)
{
    std::vector<int> indices(static_cast<std::size_t>(count));
    std::iota(indices.begin(), indices.end(), first);
    Dataset data = chosenImages(whole, indices);
    data.split = split;
    return data;
}

void add(Sha256& hash, const DatasetPointer& data, const char* which)
{
    if (!data)
        throw Error(ErrorKind::DataMissing,
                    std::string("the run needs ") + which + " images, and there are none");
    const int size[] = {data->size(), data->height, data->width};
    hash.add(std::as_bytes(std::span(size)));
    hash.add(std::as_bytes(std::span(data->pixels)));
    hash.add(std::as_bytes(std::span(data->labels)));
}

} // namespace

Dataset withoutValidation(const Dataset& training)
{
    return part(training, 0, training.size() - validationSize(training), Split::Train);
}

Dataset validationOf(const Dataset& training)
{
    const int count = validationSize(training);
    return part(training, training.size() - count, count, Split::Validation);
}

RunData uprightImages(const Architecture& architecture, const RunData& data)
{
    if (!architecture.input().deskew)
        return data;
    const auto upright = [&](const DatasetPointer& images) {
        return images ? std::make_shared<const Dataset>(uprightImages(architecture, *images))
                      : nullptr;
    };
    return {upright(data.training), upright(data.test)};
}

DatasetPointer selectionOf(const RunData& data, Split split)
{
    if (split == Split::Test)
        return data.test;
    return split == Split::Train ? data.training
                                 : std::make_shared<Dataset>(validationOf(*data.training));
}

bool needsTraining(const RunSpec& spec)
{
    const auto* prune = std::get_if<PruneSpec>(&spec.work);
    return !prune || prune->options.split != Split::Test;
}

std::string dataHashOf(const RunSpec& spec, const RunData& data)
{
    Sha256 hash;
    if (needsTraining(spec))
        add(hash, data.training, "training");
    add(hash, data.test, "test");
    return hash.hex();
}

} // namespace core
