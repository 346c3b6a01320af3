// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commands.h"
#include "app/common_options.h"
#include "app/environment.h"
#include "app/output.h"
#include "app/progress_line.h"
#include "app/stop_signal.h"
#include "core/data/mnist_download.h"

#include <filesystem>
#include <fmt/format.h>

namespace app
{

namespace
{

namespace fs = std::filesystem;

struct FetchOptions {
    CommonOptions common;
    std::string what;
    std::vector<std::string> mirrors;
};

int fetch(const FetchOptions& options)
{
    const StopSignal stop;
    core::MnistDownload request;
    request.folder = options.common.out.empty() ? userMnistFolder() : fs::path(options.common.out);
    request.mirrors = options.mirrors;
    ProgressLine progress(options.common);
    const bool complete = core::downloadMnist(request, progress.observer(), stop.token());
    const std::string folder = request.folder.string();
    printResult(options.common, {{"folder", folder}, {"complete", complete}},
                complete ? fmt::format("MNIST is in {}, all four files verified\n", folder)
                         : fmt::format("stopped; what has arrived is in {}\n", folder));
    return complete ? 0 : kExitStopped;
}

} // namespace

void addFetch(CLI::App& program, RunCommand& run)
{
    auto* command = program.add_subcommand("fetch", "Download MNIST");
    auto options = std::make_shared<FetchOptions>();
    command->add_option("WHAT", options->what, "mnist")
        ->required()
        ->check(CLI::IsMember({"mnist"}))
        ->type_name("");
    command
        ->add_option("--mirror", options->mirrors,
                     "Base address to take instead of the known mirrors; may be given again")
        ->type_name("URL")
        ->expected(1)
        ->take_all();
    addCommonOptions(*command, options->common);
    command->footer("Four files of 11 MB in all, checked by SHA-256. Without --out they go where "
                    "every command looks for them. A download that was cut off goes on where it "
                    "ended.\n\n"
                    "Examples:\n"
                    "  caddie fetch mnist\n"
                    "  caddie fetch mnist --out data/mnist --mirror https://example.org/mnist/");
    command->callback([options, &run] { run = [options] { return fetch(*options); }; });
}

} // namespace app
