// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runs/run_directory.h"
#include "core/train/trainer.h"

namespace core
{

/// The images of a training, with the validation split where the options ask for one.
class SplitData
{
public:
    SplitData(const RunData& data, const TrainingOptions& options)
    {
        view = {data.training.get(), data.test.get(), nullptr};
        if (!holdsOutValidation(options))
            return;
        m_training = withoutValidation(*data.training);
        m_validation = validationOf(*data.training);
        view.training = &m_training;
        view.validation = &m_validation;
    }
    SplitData(const SplitData&) = delete;
    SplitData& operator=(const SplitData&) = delete;

    TrainingData view;

private:
    Dataset m_training;
    Dataset m_validation;
};

} // namespace core
