// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "ui/models/image_filter.h"

#include <QWidget>

#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QSpinBox;

namespace ui
{

class Session;

/// Walks through the images of the data set: one by one, by number, at random, of one class, or
/// only those that the current model gets wrong.
class ImageBrowser : public QWidget
{
    Q_OBJECT

public:
    explicit ImageBrowser(Session& session, QWidget* parent = nullptr);

    const ImageFilter& filter() const { return m_filter; }
    void setFilter(const ImageFilter& filter);

public slots:
    void showNext();
    void showPrevious();
    void showRandom();
    void showCurrent();              ///< the one that was last shown, after drawing
    void showNextOfClass(int label); ///< whatever the filter says

private:
    void build();
    void refreshMatches();
    void showPosition();
    int here() const;
    void showImage(std::optional<int> index);

    Session& m_session;
    ImageFilter m_filter;
    std::vector<int> m_matches;
    core::Random m_random{1};
    QSpinBox* m_index;
    QComboBox* m_class;
    QCheckBox* m_wrong;
    QLabel* m_count;
};

} // namespace ui
