// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/model_list.h"

#include "ui/session.h"
#include "ui/words.h"

namespace ui
{

ModelList::ModelList(Session& session, QObject* parent)
    : QAbstractListModel(parent), m_session(session)
{
    connect(&session, &Session::modelsChanged, this, &ModelList::refresh);
    connect(&session, &Session::currentModelChanged, this, &ModelList::refresh);
    connect(&session, &Session::referenceChanged, this, &ModelList::refresh);
    refresh();
}

int ModelList::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

QVariant ModelList::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= static_cast<int>(m_session.models().size()))
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return row(index.row()).name;
    case Qt::ToolTipRole:
        return toolTip(index.row());
    case Qt::AccessibleTextRole: {
        const ModelRow shown = row(index.row());
        QStringList parts{shown.name, shown.size, shown.accuracy, shown.data};
        if (shown.reference)
            parts.append(tr("reference"));
        return parts.join(", ");
    }
    case Row:
        return QVariant::fromValue(row(index.row()));
    default:
        return {};
    }
}

ModelRow ModelList::row(int index) const
{
    const OpenModel& entry = m_session.models()[static_cast<std::size_t>(index)];
    const core::Model& model = *entry.model;
    ModelRow row;
    row.name = QString::fromStdString(model.name);
    row.shortSize = tr("%1 of %2")
                        .arg(withThousands(model.parameters.nonzero()),
                             withThousands(model.parameters.count()));
    row.size = tr("%1 non-zero").arg(row.shortSize);
    row.current = index == m_session.currentIndex();
    row.reference = index == m_session.referenceIndex();
    row.failed = !entry.evaluation.error.isEmpty();
    if (model.layout == core::LayoutSource::Inferred)
        row.layoutBadge = tr("inferred");

    const core::Dataset& data = *m_session.dataset();
    if (entry.evaluation.value) {
        row.accuracy = percent(entry.evaluation.value->accuracy());
        row.data = shortDataName(data);
    } else {
        row.accuracy = row.failed                 ? tr("not evaluated")
                       : entry.evaluation.running ? tr("evaluating")
                                                  : tr("waiting");
    }
    const auto& stored = model.provenance.accuracies;
    if (data.synthetic && !stored.empty())
        row.stored = tr("%1 %2, stored")
                         .arg(percent(stored.front().accuracy()),
                              QString::fromStdString(stored.front().data).section(',', 0, 0));
    if (!model.provenance.selectedOn.empty())
        row.selectionBadge =
            tr("selected on %1").arg(QString::fromStdString(model.provenance.selectedOn));
    return row;
}

QString ModelList::toolTip(int index) const
{
    const OpenModel& entry = m_session.models()[static_cast<std::size_t>(index)];
    const core::Model& model = *entry.model;
    QStringList lines{QString::fromStdString(model.name)};
    if (!model.file.empty())
        lines.append(QString::fromStdString(model.file.string()));
    if (!model.format.empty())
        lines.append(QString::fromStdString(model.format));
    if (entry.evaluation.value)
        lines.append(tr("%1 of %2 right on %3")
                         .arg(withThousands(entry.evaluation.value->correct),
                              withThousands(entry.evaluation.value->images), entry.evaluatedOn));
    if (!entry.evaluation.error.isEmpty())
        lines.append(entry.evaluation.error);
    for (const core::MeasuredAccuracy& stored : model.provenance.accuracies)
        lines.append(tr("Stored: %1 of %2 right on %3")
                         .arg(withThousands(stored.correct), withThousands(stored.images),
                              QString::fromStdString(stored.data)));
    if (model.layout == core::LayoutSource::Inferred)
        lines.append(tr("The file doesn't say its layers: inferred from what fits the shapes. "
                        "Other layouts that fit: %1.")
                         .arg(model.otherLayouts));
    for (const std::string& note : model.notes)
        lines.append(QString::fromStdString(note));
    return lines.join('\n');
}

void ModelList::refresh()
{
    const int rows = static_cast<int>(m_session.models().size());
    if (rows > m_rows) {
        beginInsertRows({}, m_rows, rows - 1);
        m_rows = rows;
        endInsertRows();
    } else if (rows < m_rows) {
        beginRemoveRows({}, rows, m_rows - 1);
        m_rows = rows;
        endRemoveRows();
    }
    if (rows > 0)
        emit dataChanged(index(0), index(rows - 1));
}

} // namespace ui
