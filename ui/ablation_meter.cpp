// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ablation_meter.h"

#include "ui/ablation_bench.h"

#include <utility>

namespace ui
{

AblationMeter::AblationMeter(QObject* parent) : QObject(parent)
{
    connect(&m_job, &Job::finished, this, &AblationMeter::startNext);
    connect(&m_job, &Job::failed, this, [this](const QString& sentence) {
        m_due = Due::Nothing;
        m_report = {nullptr, false, sentence};
        emit changed();
    });
}

void AblationMeter::setBench(std::shared_ptr<AblationBench> bench)
{
    m_job.cancel();
    m_bench = std::move(bench);
    m_due = Due::Nothing;
    m_report = {};
    emit changed();
}

void AblationMeter::measure(std::vector<float> parameters, bool ablated)
{
    if (m_bench == nullptr)
        return;
    m_job.cancel();
    m_parameters = std::move(parameters);
    m_ablated = ablated;
    m_due = Due::Effect;
    m_report.running = true;
    m_report.error.clear();
    emit changed();
    startNext();
}

void AblationMeter::setHeld(bool held)
{
    m_held = held;
    if (held)
        m_job.cancel();
    else
        startNext();
}

void AblationMeter::startNext()
{
    if (m_held || m_job.running())
        return;
    if (m_due == Due::Effect)
        measureEffect();
    else if (m_due == Due::Images)
        measureImages();
}

void AblationMeter::measureEffect()
{
    const auto work = [bench = m_bench, parameters = m_parameters](
                          std::stop_token stop) -> std::optional<core::AblationEffect> {
        const std::lock_guard lock(bench->mutex);
        if (stop.stop_requested())
            return std::nullopt;
        return bench->ready().effect(parameters, stop);
    };
    m_job.start(work, [this](std::optional<core::AblationEffect> effect) {
        if (!effect)
            return;
        auto report = std::make_shared<AblationReport>();
        report->effect = std::move(*effect);
        report->data = QString::fromStdString(m_bench->data->description());
        report->imagesKnown = !m_ablated;
        if (m_report.value != nullptr && m_ablated)
            report->images = m_report.value->images; // until the new ones come
        m_due = m_ablated ? Due::Images : Due::Nothing;
        m_report = {std::move(report), false, {}};
        emit changed();
    });
}

void AblationMeter::measureImages()
{
    const auto work = [bench = m_bench, parameters = m_parameters](
                          std::stop_token stop) -> std::optional<std::vector<core::AffectedImage>> {
        const std::lock_guard lock(bench->mutex);
        if (stop.stop_requested())
            return std::nullopt;
        auto images = bench->ready().mostAffected(parameters, kAffected, stop);
        bench->settle(parameters, stop);
        return images;
    };
    m_job.start(work, [this](std::optional<std::vector<core::AffectedImage>> images) {
        if (!images || m_report.value == nullptr)
            return;
        auto report = std::make_shared<AblationReport>(*m_report.value);
        report->images = std::move(*images);
        report->imagesKnown = true;
        m_due = Due::Nothing;
        m_report.value = std::move(report);
        emit changed();
    });
}

} // namespace ui
