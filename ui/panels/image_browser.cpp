// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/image_browser.h"

#include "ui/panels/icon_button.h"
#include "ui/session.h"
#include "ui/theme.h"
#include "ui/words.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace ui
{

ImageBrowser::ImageBrowser(Session& session, QWidget* parent) : QWidget(parent), m_session(session)
{
    build();
    connect(m_index, &QSpinBox::valueChanged, &session, &Session::showImage);
    connect(m_class, &QComboBox::currentIndexChanged, this, [this](int entry) {
        ImageFilter filter = m_filter;
        filter.label = entry == 0 ? std::nullopt : std::optional(entry - 1);
        setFilter(filter);
    });
    connect(m_wrong, &QCheckBox::toggled, this, [this](bool wrongOnly) {
        ImageFilter filter = m_filter;
        filter.wrongOnly = wrongOnly;
        setFilter(filter);
    });
    connect(&session, &Session::inputChanged, this, &ImageBrowser::showPosition);
    connect(&session, &Session::datasetChanged, this, &ImageBrowser::refreshMatches);
    connect(&session, &Session::modelsChanged, this, &ImageBrowser::refreshMatches);
    connect(&session, &Session::currentModelChanged, this, &ImageBrowser::refreshMatches);
    refreshMatches();
}

void ImageBrowser::build()
{
    auto* previous = new IconButton("previous", tr("Previous image (Page up)"));
    auto* next = new IconButton("next", tr("Next image (Page down)"));
    auto* random = new IconButton("random", tr("Random image (R)"));
    connect(previous, &QToolButton::clicked, this, &ImageBrowser::showPrevious);
    connect(next, &QToolButton::clicked, this, &ImageBrowser::showNext);
    connect(random, &QToolButton::clicked, this, &ImageBrowser::showRandom);

    m_index = new QSpinBox;
    m_index->setFont(numberFont());
    m_index->setPrefix("#");
    m_index->setKeyboardTracking(false);
    m_index->setWrapping(true);
    m_index->setAlignment(Qt::AlignCenter);
    m_index->setAccessibleName(tr("Number of the image"));

    m_class = new QComboBox;
    m_class->addItem(tr("All classes"));
    for (int label = 0; label < 10; ++label)
        m_class->addItem(tr("Digit %1").arg(label));
    m_class->setMinimumContentsLength(4);
    m_class->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_class->setAccessibleName(tr("Class of the images"));
    m_wrong = new QCheckBox(tr("Wrong only"));
    m_wrong->setToolTip(tr("Only images that the current model gets wrong"));
    m_count = new QLabel;
    m_count->setProperty("role", "caption");
    m_count->setWordWrap(true);

    auto* walk = new QHBoxLayout;
    walk->setSpacing(4);
    walk->addWidget(previous);
    walk->addWidget(m_index, 1);
    walk->addWidget(next);
    walk->addWidget(random);
    auto* filter = new QHBoxLayout;
    filter->setSpacing(8);
    filter->addWidget(m_class, 1);
    filter->addWidget(m_wrong);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(walk);
    layout->addLayout(filter);
    layout->addWidget(m_count);
}

void ImageBrowser::setFilter(const ImageFilter& filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    const QSignalBlocker classBlocker(m_class);
    const QSignalBlocker wrongBlocker(m_wrong);
    m_class->setCurrentIndex(filter.label ? *filter.label + 1 : 0);
    m_wrong->setChecked(filter.wrongOnly);
    refreshMatches();
    // Shows at once what was asked for, unless the image at hand is one of them.
    if (!m_matches.empty() && !std::ranges::binary_search(m_matches, here()))
        showNext();
}

void ImageBrowser::refreshMatches()
{
    const std::shared_ptr<const core::Evaluation> evaluation = m_session.evaluation();
    m_matches = matchingImages(*m_session.dataset(), evaluation.get(), m_filter);
    const bool filtered = m_filter != ImageFilter{};
    m_count->setVisible(filtered);
    if (m_filter.wrongOnly && !evaluation)
        m_count->setText(tr("Wrong images are known once the model is evaluated."));
    else if (m_matches.empty())
        m_count->setText(tr("No image is like that."));
    else
        m_count->setText(tr("%1 images").arg(withThousands(static_cast<int>(m_matches.size()))));
    showPosition();
}

void ImageBrowser::showPosition()
{
    const QSignalBlocker blocker(m_index);
    m_index->setRange(0, m_session.dataset()->size() - 1);
    m_index->setValue(here());
}

int ImageBrowser::here() const
{
    return m_session.input().index.value_or(m_index->value());
}

void ImageBrowser::showImage(std::optional<int> index)
{
    if (index)
        m_session.showImage(*index);
}

void ImageBrowser::showNext()
{
    showImage(imageAfter(m_matches, here()));
}

void ImageBrowser::showPrevious()
{
    showImage(imageBefore(m_matches, here()));
}

void ImageBrowser::showRandom()
{
    if (!m_matches.empty())
        showImage(m_matches[m_random.below(m_matches.size())]);
}

void ImageBrowser::showCurrent()
{
    showImage(here());
}

void ImageBrowser::showNextOfClass(int label)
{
    showImage(imageAfter(matchingImages(*m_session.dataset(), nullptr, {label, false}), here()));
}

} // namespace ui
