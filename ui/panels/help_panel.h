// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/handbook.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QStackedWidget;
class QTextBrowser;

namespace ui
{

/// The handbook beside the view: a list of its pages, a search over them, one page at a time.
class HelpPanel : public QWidget
{
    Q_OBJECT

public:
    explicit HelpPanel(std::vector<HandbookPage> pages, QWidget* parent = nullptr);

    const std::vector<HandbookPage>& pages() const { return m_pages; }
    void showContents();
    /// The page of that title, as views have it; the contents where there is none.
    void showPageTitled(const QString& title);
    QLineEdit* field() const { return m_field; }
    QListWidget* list() const { return m_list; }
    QTextBrowser* browser() const { return m_browser; }
    bool showsPage() const;

signals:
    void closeRequested();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void narrow();
    void addEntry(int page, const QString& excerpt);
    void showPage(int page);
    void markWords();

    std::vector<HandbookPage> m_pages;
    int m_page = -1; ///< shown; -1: the contents
    QLineEdit* m_field;
    QPushButton* m_back;
    QListWidget* m_list;
    QLabel* m_empty;
    QTextBrowser* m_browser;
    QStackedWidget* m_stack;
};

} // namespace ui
