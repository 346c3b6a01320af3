// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wanted_model.h"

#include "ui/session.h"

namespace ui
{

WantedModel::WantedModel(Session& session, QObject* parent) : QObject(parent), m_session(session)
{
    connect(&session, &Session::modelOpened, this, &WantedModel::takeOpened);
}

void WantedModel::show(const QString& file)
{
    m_file = file;
    for (std::size_t i = 0; i < m_session.models().size() && !m_file.isEmpty(); ++i)
        takeOpened(static_cast<int>(i));
    if (!m_file.isEmpty())
        m_session.openModelFile(file);
}

void WantedModel::takeOpened(int index)
{
    const auto& opened = m_session.models()[static_cast<std::size_t>(index)].opened;
    if (m_file.isEmpty() || QString::fromStdString(opened->file.string()) != m_file)
        return;
    m_file.clear();
    m_session.setCurrent(index);
}

} // namespace ui
