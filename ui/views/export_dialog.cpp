// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/export_dialog.h"

#include "core/base/error.h"
#include "ui/figures/figure.h"
#include "ui/figures/page.h"
#include "ui/view_deck.h"
#include "ui/views/preflight_panel.h"
#include "ui/widgets/choice_bar.h"

#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QImage>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QScreen>
#include <QSettings>
#include <QStandardPaths>
#include <QStyle>
#include <QVBoxLayout>

#include <array>
#include <cmath>
#include <iterator>

namespace ui
{

namespace
{

constexpr std::array kExtensions = {"svg", "pdf", "png", "csv", "json"};
constexpr int kComfortable = 760; ///< width with the settings beside the preview

} // namespace

ExportDialog::ExportDialog(QString name, const QStringList& choices, FigureSource source,
                           QWidget* parent)
    : QDialog(parent), m_name(std::move(name)), m_source(std::move(source)),
      m_choice(new QComboBox), m_format(new ChoiceBar(tr("Format"))),
      m_preset(new ChoiceBar(tr("Preset"))), m_width(new QDoubleSpinBox), m_dpi(new QSpinBox),
      m_magnification(new QDoubleSpinBox), m_note(new QLabel), m_preflight(new PreflightPanel),
      m_copy(new QPushButton(tr("Copy to clipboard"))), m_save(new QPushButton(tr("Save\u2026")))
{
    setWindowTitle(tr("Export figure"));
    build(choices);
    restoreSettings();
    describe();

    const auto describeNow = [this] { describe(); };
    connect(m_choice, &QComboBox::currentIndexChanged, this, describeNow);
    connect(m_format, &ChoiceBar::chosen, this, describeNow);
    connect(m_preset, &ChoiceBar::chosen, this, &ExportDialog::applyPreset);
    connect(m_width, &QDoubleSpinBox::valueChanged, this, describeNow);
    connect(m_dpi, &QSpinBox::valueChanged, this, describeNow);
    connect(m_magnification, &QDoubleSpinBox::valueChanged, this, describeNow);
    connect(m_copy, &QPushButton::clicked, this, &ExportDialog::copy);
    connect(m_save, &QPushButton::clicked, this, &ExportDialog::askForFile);
}

void ExportDialog::build(const QStringList& choices)
{
    m_choice->addItems(choices);
    m_choice->setAccessibleName(tr("What to export"));
    m_format->setChoices({QStringLiteral("SVG"), QStringLiteral("PDF"), QStringLiteral("PNG"),
                          QStringLiteral("CSV"), tr("Recipe")});
    m_format->setTip(4, tr("What it takes to render the same file again, as JSON"));
    m_preset->setChoices({tr("Single column"), tr("Double column"), tr("Slide")});
    for (int i = 0; i < static_cast<int>(std::size(kExportPresets)); ++i)
        m_preset->setTip(i, tr("%1 mm wide, type %2 \u00D7")
                                .arg(kExportPresets[i].widthMm)
                                .arg(kExportPresets[i].magnification));
    m_preset->setCurrent(1);
    m_width->setRange(20, 1000);
    m_width->setDecimals(0);
    m_width->setSuffix(tr(" mm"));
    m_width->setAccessibleName(tr("Width"));
    m_dpi->setRange(50, 1200);
    m_dpi->setSingleStep(50);
    m_dpi->setSuffix(tr(" dpi"));
    m_dpi->setAccessibleName(tr("Dots an inch, of PNG and clipboard"));
    m_magnification->setRange(0.5, 5);
    m_magnification->setSingleStep(0.25);
    m_magnification->setAccessibleName(tr("Size of type"));
    m_magnification->setSuffix(QStringLiteral(" \u00D7"));
    m_note->setProperty("role", "caption");
    m_note->setWordWrap(true);
    m_note->setMinimumHeight(2 * fontMetrics().lineSpacing()); // nothing moves when it wraps
    m_save->setProperty("role", "primary");
    m_save->setDefault(true);

    auto* form = new QFormLayout;
    form->setSpacing(8);
    if (choices.size() > 1)
        form->addRow(tr("Part"), m_choice);
    else
        m_choice->setParent(this), m_choice->hide();
    form->addRow(tr("Format"), m_format);
    form->addRow(tr("Size"), m_preset);
    form->addRow(tr("Width"), m_width);
    form->addRow(tr("Type size"), m_magnification);
    form->addRow(tr("Resolution"), m_dpi);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_copy);
    buttons->addStretch(1);
    auto* cancel = new QPushButton(tr("Cancel"));
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    buttons->addWidget(cancel);
    buttons->addWidget(m_save);
    auto* left = new QVBoxLayout;
    left->setSpacing(16);
    left->addLayout(form);
    left->addWidget(m_note);
    left->addStretch(1);
    const QSize room = screen()->availableSize();
    const bool narrow = room.width() < kComfortable;
    auto* content = new QWidget;
    auto* sides =
        new QBoxLayout(narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight, content);
    sides->setContentsMargins(0, 0, 0, 0);
    sides->setSpacing(24);
    sides->addLayout(left, 1);
    sides->addWidget(m_preflight);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 16);
    column->setSpacing(16);
    auto* frame = new ViewFrame; // a small screen scrolls it, and keeps the buttons
    frame->add(content);
    column->addWidget(frame, 1);
    column->addLayout(buttons);
    resize(sizeHint().expandedTo({kComfortable, 0}).boundedTo(room));
}

FigureFormat ExportDialog::format() const
{
    return static_cast<FigureFormat>(m_format->current());
}

ExportOptions ExportDialog::options() const
{
    return {m_width->value(), m_dpi->value(), m_magnification->value()};
}

void ExportDialog::applyPreset(int preset)
{
    const ExportPreset& chosen = kExportPresets[preset];
    m_width->setValue(chosen.widthMm);
    m_magnification->setValue(chosen.magnification);
}

void ExportDialog::describe()
{
    m_dpi->setEnabled(format() != FigureFormat::Csv);
    m_width->setEnabled(format() != FigureFormat::Csv);
    m_magnification->setEnabled(format() != FigureFormat::Csv);
    const std::shared_ptr<const Figure> figure = m_source(m_choice->currentIndex());
    m_save->setEnabled(figure != nullptr);
    m_copy->setEnabled(figure != nullptr);
    if (figure == nullptr || format() == FigureFormat::Csv)
        m_preflight->clear();
    else
        m_preflight->showFigure(figure, options());
    if (figure == nullptr) {
        tell(tr("There is nothing to export yet."), false);
        return;
    }
    if (format() == FigureFormat::Csv) {
        tell(tr("The numbers behind the picture, one a line."), false);
        return;
    }
    if (format() == FigureFormat::Recipe) {
        tell(tr("What it takes to render this figure again, with \"caddie figures --recipe "
                "FILE\". SVG, PDF and PNG carry it inside."),
             false);
        return;
    }
    const QSizeF size = figurePageSize(*figure, options());
    QString text = tr("%1 \u00D7 %2 mm, always in the print style, with the recipe inside.")
                       .arg(std::lround(size.width()))
                       .arg(std::lround(size.height()));
    if (format() == FigureFormat::Png)
        text = tr("%1 \u00D7 %2 pixels: ")
                   .arg(std::lround(size.width() / 25.4 * m_dpi->value()))
                   .arg(std::lround(size.height() / 25.4 * m_dpi->value())) +
               text;
    tell(text, false);
}

ExportOptions ExportDialog::optionsWithOrigin() const
{
    ExportOptions asked = options();
    if (m_origin)
        asked.origin = m_origin();
    return asked;
}

void ExportDialog::askForFile()
{
    const QString extension = QLatin1String(kExtensions[static_cast<std::size_t>(format())]);
    const QString folder =
        QSettings()
            .value(QStringLiteral("export/folder"),
                   QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation))
            .toString();
    auto* dialog = new QFileDialog(this, tr("Save figure"), folder);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave); // asks before it replaces a file
    dialog->setDefaultSuffix(extension);
    dialog->setNameFilter(QStringLiteral("%1 (*.%2)").arg(extension.toUpper(), extension));
    dialog->selectFile(m_name + u'.' + extension);
    connect(dialog, &QFileDialog::fileSelected, this, &ExportDialog::writeTo);
    dialog->open();
}

void ExportDialog::writeTo(const QString& file)
{
    const std::unique_ptr<Figure> figure = m_source(m_choice->currentIndex());
    if (figure == nullptr)
        return;
    try {
        exportFigure(*figure, file.toStdString(), optionsWithOrigin());
    } catch (const core::Error& error) {
        tell(QString::fromUtf8(error.what()), true);
        return;
    }
    QSettings().setValue(QStringLiteral("export/folder"), QFileInfo(file).absolutePath());
    saveSettings();
    emit written(file);
    accept();
}

void ExportDialog::copy()
{
    const std::unique_ptr<Figure> figure = m_source(m_choice->currentIndex());
    if (figure == nullptr)
        return;
    auto* content = new QMimeData;
    try {
        if (format() == FigureFormat::Csv) {
            content->setText(QString::fromStdString(figure->csv()));
        } else if (format() == FigureFormat::Recipe) {
            content->setText(QString::fromUtf8(
                renderFigure(*figure, FigureFormat::Recipe, optionsWithOrigin())));
        } else {
            content->setImageData(QImage::fromData(
                renderFigure(*figure, FigureFormat::Png, optionsWithOrigin()), "png"));
            content->setData(QStringLiteral("image/svg+xml"),
                             renderFigure(*figure, FigureFormat::Svg, optionsWithOrigin()));
        }
    } catch (const core::Error& error) {
        delete content;
        tell(QString::fromUtf8(error.what()), true);
        return;
    }
    QGuiApplication::clipboard()->setMimeData(content);
    saveSettings();
    tell(tr("Copied."), false);
}

void ExportDialog::tell(const QString& text, bool error)
{
    m_note->setProperty("role", error ? "error" : "caption");
    m_note->style()->unpolish(m_note);
    m_note->style()->polish(m_note);
    m_note->setText(text);
}

void ExportDialog::restoreSettings()
{
    const QSettings settings;
    m_format->setCurrent(settings.value(QStringLiteral("export/format"), 0).toInt());
    m_preset->setCurrent(settings.value(QStringLiteral("export/preset"), 1).toInt());
    m_width->setValue(settings.value(QStringLiteral("export/width"), 183).toDouble());
    m_dpi->setValue(settings.value(QStringLiteral("export/dpi"), 300).toInt());
    m_magnification->setValue(settings.value(QStringLiteral("export/type"), 1).toDouble());
}

void ExportDialog::saveSettings() const
{
    QSettings settings;
    settings.setValue(QStringLiteral("export/format"), m_format->current());
    settings.setValue(QStringLiteral("export/preset"), m_preset->current());
    settings.setValue(QStringLiteral("export/width"), m_width->value());
    settings.setValue(QStringLiteral("export/dpi"), m_dpi->value());
    settings.setValue(QStringLiteral("export/type"), m_magnification->value());
}

} // namespace ui
