// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backend/backend.h"
#include "core/backend/fused/coverage.h"
#include "core/backend/fused/fused_backend.h"
#include "core/backend/prepared_backend.h"
#include "core/backend/torch/entry.h"
#include "core/base/error.h"

#include <dlfcn.h>
#include <filesystem>
#include <fmt/format.h>

namespace core
{

namespace
{

using MakeTorchBackend = decltype(&caddieMakeTorchBackend);

/// The folder that this library lies in: the module lies beside it.
std::filesystem::path ownFolder()
{
    Dl_info info = {};
    if (dladdr(reinterpret_cast<const void*>(&makeBackend), &info) == 0 || !info.dli_fname)
        return {};
    return std::filesystem::path(info.dli_fname).parent_path();
}

MakeTorchBackend openTorchModule()
{
    const auto module = ownFolder() / "libcaddie_torch.so";
    void* handle = dlopen(module.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!handle)
        throw Error(ErrorKind::Unexpected,
                    fmt::format("the LibTorch backend could not be opened ({})", dlerror()));
    void* symbol = dlsym(handle, "caddieMakeTorchBackend");
    if (!symbol)
        throw Error(ErrorKind::Unexpected,
                    fmt::format("{}: is not Caddie's LibTorch backend", module.string()));
    return reinterpret_cast<MakeTorchBackend>(symbol);
}

std::unique_ptr<Backend> makePlainBackend(const Architecture& architecture,
                                          const BackendOptions& options)
{
    if (options.choice != BackendChoice::Torch) {
        const auto missing = fused::whyNotFused(architecture);
        if (!missing)
            return fused::makeFusedBackend(architecture, options.threads);
        if (options.choice == BackendChoice::Fused)
            throw Error(ErrorKind::Usage,
                        fmt::format("the fused backend does not cover {}", *missing));
    }
    static const MakeTorchBackend make = openTorchModule();
    return std::unique_ptr<Backend>(make(&architecture, options.threads));
}

} // namespace

std::unique_ptr<Backend> makeBackend(const Architecture& architecture,
                                     const BackendOptions& options)
{
    if (!architecture.input().isTransformed())
        return makePlainBackend(architecture, options);
    return makePreparedBackend(architecture,
                               makePlainBackend(withoutTransformation(architecture), options));
}

} // namespace core
