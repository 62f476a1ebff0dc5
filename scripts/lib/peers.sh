# shellcheck shell=bash
# Servers from npm that the benchmark stands ours beside, by their own lock file.

# install_peers FOLDER: what cannot be installed is left out of the table.
install_peers() {
    local from=$top/bench/peers/tus folder=$1/tus
    local lock=package-lock.json
    mkdir -p "$folder"
    cp "$top/.npmrc" "$from"/{package.json,server.mjs} "$folder"
    if cmp -s "$from/$lock" "$folder/installed"; then
        return 0
    fi
    cp "$from/$lock" "$folder"
    rm -f "$folder/installed"
    say "installing @tus/server from npm into ${folder#"$top"/}"
    if (cd "$folder" && npm ci --no-audit --no-fund >npm.log 2>&1); then
        cp "$from/$lock" "$folder/installed"
    else
        warn "it could not be installed: see ${folder#"$top"/}/npm.log"
        rm -rf "$folder/node_modules"
    fi
}
