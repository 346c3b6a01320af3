// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/run_words.h"

#include "core/base/progress.h"
#include "ui/words.h"

#include <QCoreApplication>
#include <QStringList>

namespace ui
{

namespace
{

QString tr(const char* text)
{
    return QCoreApplication::translate("Runs", text);
}

/// Three digits that mean something: "0.052", "1.84", "980".
QString rate(double value)
{
    const int decimals = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
    return QString::number(value, 'f', decimals);
}

} // namespace

QString runTitle(const core::RunSummary& run)
{
    return QString::fromStdString(run.title.empty() ? run.id : run.title);
}

QString kindText(core::RunKind kind)
{
    switch (kind) {
    case core::RunKind::Train:
        return tr("training");
    case core::RunKind::Prune:
        return tr("pruning");
    case core::RunKind::Golf:
        return tr("golf");
    }
    return {};
}

QString statusText(core::RunStatus status)
{
    switch (status) {
    case core::RunStatus::Queued:
        return tr("queued");
    case core::RunStatus::Running:
        return tr("running");
    case core::RunStatus::Paused:
        return tr("paused");
    case core::RunStatus::Interrupted:
        return tr("interrupted");
    case core::RunStatus::Stopped:
        return tr("stopped, best kept");
    case core::RunStatus::Finished:
        return tr("finished");
    case core::RunStatus::Failed:
        return tr("failed");
    }
    return {};
}

QString doneText(const core::RunSummary& run)
{
    const auto done = static_cast<std::int64_t>(run.progress.done);
    const auto total = static_cast<std::int64_t>(run.progress.total);
    if (run.status == core::RunStatus::Failed && done == 0)
        return {};
    if (run.kind == core::RunKind::Train)
        return total == 0 ? QString()
                          : tr("%1 of %2 epochs").arg(withThousands(done), withThousands(total));
    if (run.kind == core::RunKind::Golf)
        return tr("%1 steps").arg(withThousands(done));
    return total == 0 ? tr("%1 visits").arg(withThousands(done))
                      : tr("%1 of %2 visits").arg(withThousands(done), withThousands(total));
}

QString speedText(const core::RunSummary& run)
{
    if (run.status != core::RunStatus::Running || run.progress.perSecond <= 0)
        return {};
    const QString unit = run.kind == core::RunKind::Train   ? tr("%1 epochs/s")
                         : run.kind == core::RunKind::Prune ? tr("%1 weights/s")
                                                            : tr("%1 steps/s");
    return unit.arg(rate(run.progress.perSecond));
}

QString timeLeftText(const core::RunSummary& run)
{
    if (run.status != core::RunStatus::Running || run.progress.secondsLeft < 0)
        return {};
    return tr("%1 left").arg(QString::fromStdString(core::durationText(run.progress.secondsLeft)));
}

QString measuredText(const core::MeasuredAccuracy& measured)
{
    return percent(measured.accuracy()) + u' ' +
           QString::fromStdString(measured.data).section(u',', 0, 0);
}

QString nonzeroText(const core::RunSummary& run)
{
    if (run.parameters == 0)
        return {};
    return tr("%1 of %2 non-zero")
        .arg(withThousands(static_cast<std::int64_t>(run.nonzero)),
             withThousands(static_cast<std::int64_t>(run.parameters)));
}

QString standingText(const core::RunSummary& run)
{
    QStringList parts{statusText(run.status),
                      doneText(run),
                      speedText(run),
                      timeLeftText(run),
                      QString::fromStdString(run.backend),
                      QString::fromStdString(run.message)};
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" \u00b7 "));
}

QString runLine(const core::RunSummary& run)
{
    QStringList parts{runTitle(run), statusText(run.status), doneText(run), speedText(run),
                      timeLeftText(run)};
    if (run.accuracy)
        parts << measuredText(*run.accuracy);
    parts << QString::fromStdString(run.backend) << QString::fromStdString(run.message);
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

bool canPause(core::RunStatus status)
{
    return status == core::RunStatus::Running || status == core::RunStatus::Queued;
}

bool offersResume(core::RunStatus status)
{
    return core::canResume(status);
}

bool canStopAndKeep(core::RunStatus status)
{
    return status == core::RunStatus::Running;
}

bool canDelete(core::RunStatus status)
{
    return status != core::RunStatus::Running;
}

} // namespace ui
