// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/export.h"

#include <QDialog>
#include <QStringList>

#include <functional>
#include <memory>

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace ui
{

class ChoiceBar;
class Figure;
class PreflightPanel;

/// Asks how to write a figure and writes it. Shows what will come out; remembers its settings. Does
/// not block: open() it.
class ExportDialog : public QDialog
{
    Q_OBJECT

public:
    /// The figure of one of the choices; with no choices, asked with 0.
    using FigureSource = std::function<std::unique_ptr<Figure>(int choice)>;

    ExportDialog(QString name, const QStringList& choices, FigureSource source,
                 QWidget* parent = nullptr);

    /// What computed the figures; asked when one is written.
    void setOrigin(std::function<FigureOrigin()> origin) { m_origin = std::move(origin); }

    FigureFormat format() const;
    ExportOptions options() const;
    void writeTo(const QString& file); ///< overwrites; closes the dialog where it worked

signals:
    void written(const QString& file);

private:
    void build(const QStringList& choices);
    void applyPreset(int preset);
    void describe();
    void restoreSettings();
    void saveSettings() const;
    ExportOptions optionsWithOrigin() const;
    void askForFile();
    void copy();
    void tell(const QString& text, bool error);

    QString m_name;
    FigureSource m_source;
    std::function<FigureOrigin()> m_origin;
    QComboBox* m_choice;
    ChoiceBar* m_format;
    ChoiceBar* m_preset;
    QDoubleSpinBox* m_width;
    QSpinBox* m_dpi;
    QDoubleSpinBox* m_magnification;
    QLabel* m_note;
    PreflightPanel* m_preflight;
    QPushButton* m_copy;
    QPushButton* m_save;
};

} // namespace ui
