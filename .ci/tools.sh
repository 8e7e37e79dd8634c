#!/usr/bin/env bash
# Installs what building needs and, with `test`, what testing needs; fast when nothing is missing.
# Writes only to the cache folder, node_modules and target; on Debian as root it may use apt-get.
# The result is target/tools.env, which the Makefile reads before it runs a tool.
set -euo pipefail
cd "$(dirname "$0")/.."

cache="${XDG_CACHE_HOME:-$HOME/.cache}/kt-capacity"
wasm_bindgen=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/.* = |"/, ""); print }' Cargo.lock)
kubernetes_validate=1.37.0
yamllint=1.38.0
mkdocs_material=9.8.1
simpy=4.1.2
path="$PWD/node_modules/.bin"
skipped=""

say() { printf 'tools: %s\n' "$*"; }
fail() { printf 'tools: %s\n' "$*" >&2; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# A test tool that only some machines have. CI must have them all.
skip() {
  [ "${CI:-}" != true ] || fail "$1 is missing: $2"
  say "skipping $1: $2"
  skipped="$skipped $1"
}

can_apt() { has apt-get && [ "$(id -u)" = 0 ]; }
updated=""
apt_update() {
  [ -n "$updated" ] || apt-get update -qq >&2
  updated=yes
}
apt_install() {
  apt_update
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
}

# ---- Rust and Node ----------------------------------------------------------

needs_rust() {
  fail "$1 is missing. Install Rust with rustup (https://rustup.rs), then run this again."
}
has rustup || needs_rust rustup
has cargo || needs_rust cargo
has cc || { can_apt && say "installing gcc (about 1 minute)" && apt_install gcc libc6-dev; } ||
  fail "no C compiler. Install gcc (Debian: apt-get install gcc libc6-dev; macOS: xcode-select --install)."
has node || fail "Node.js is missing. Install Node.js 20 or newer (https://nodejs.org)."
has npm || fail "npm is missing. Install it with Node.js 20 or newer (https://nodejs.org)."
node_version=$(node --version)
node_major=${node_version#v}
node_major=${node_major%%.*}
[ "$node_major" -ge 20 ] || fail "Node.js is $node_version. Install version 20 or newer."

# rust-toolchain.toml names the toolchain; rustup fetches it when rustc is first asked.
rustc --version >/dev/null || fail "rustup cannot provide the toolchain in rust-toolchain.toml."
rustup target list --installed | grep -qx wasm32-unknown-unknown ||
  rustup target add wasm32-unknown-unknown
for component in clippy rust-src rustfmt; do
  rustup component list --installed | grep -q "^$component" || rustup component add "$component"
done

# ---- Tools built from source ------------------------------------------------

# crate command version minutes [cargo install options]
cargo_tool() {
  local crate=$1 command=$2 version=$3 minutes=$4
  shift 4
  local root="$cache/$command-$version"
  if "$root/bin/$command" --version 2>/dev/null | grep -qwF "$version"; then
    path="$root/bin:$path"
  elif has "$command" && "$command" --version | grep -qwF "$version"; then
    return # this one serves
  else
    say "building $crate $version, once, about $minutes minutes on two cores"
    # Built to be used now, not to be fast: this halves the wait.
    CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off \
      CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_DEBUG=0 \
      CARGO_TARGET_DIR="$cache/build" \
      cargo install "$crate" --version "$version" --root "$root" --quiet --force "$@"
    rm -rf "$cache/build"
    path="$root/bin:$path"
  fi
}
# Ours, of two libraries: it splits programs and writes their JavaScript.
assemble="$cache/assemble-$(cat .ci/assemble/{Cargo.toml,Cargo.lock,src/main.rs} | cksum | tr -d ' ')"
if [ ! -x "$assemble/bin/assemble" ]; then
  say "building the splitter of the program, once, about 1 minute on two cores"
  cargo install --path .ci/assemble --root "$assemble" --target-dir "$cache/build" --quiet --locked --force
  rm -rf "$cache/build"
fi
path="$assemble/bin:$path"

# ---- Packages from npm ------------------------------------------------------

# npm writes this file at the end of an install.
if [ ! -e node_modules/.package-lock.json ] ||
  [ package-lock.json -nt node_modules/.package-lock.json ]; then
  say "installing npm packages (about 10 seconds)"
  npm ci --no-progress --loglevel=error
  touch node_modules/.package-lock.json
fi

# ---- Test tools -------------------------------------------------------------

find_chrome() {
  local name
  for name in "${CHROME:-}" chromium chromium-browser google-chrome google-chrome-stable \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
    "/Applications/Chromium.app/Contents/MacOS/Chromium"; do
    if [ -n "$name" ] && has "$name"; then
      command -v "$name"
      return
    fi
  done
}
find_driver() {
  local name
  for name in "${CHROMEDRIVER:-}" chromedriver; do
    if [ -n "$name" ] && has "$name"; then
      command -v "$name"
      return
    fi
  done
}
major() { "$1" --version 2>/dev/null | grep -oE '[0-9]+' | head -n 1; }

chrome="" driver="" webdriver_json="" simpy_python=""
if [ "${1:-}" = test ]; then
  chrome=$(find_chrome)
  driver=$(find_driver)
  if { [ -z "$chrome" ] || [ -z "$driver" ]; } && can_apt; then
    say "installing Chromium and ChromeDriver (about 1 minute)"
    apt_install chromium chromium-driver
    chrome=$(find_chrome)
    driver=$(find_driver)
  fi
  if [ -z "$chrome" ] || [ -z "$driver" ]; then
    fail "testing needs Chromium or Google Chrome and a chromedriver of the same version
  (Debian: apt-get install chromium chromium-driver; macOS: brew install --cask google-chrome
  chromedriver). If they are installed elsewhere, set CHROME and CHROMEDRIVER to their paths."
  fi
  [ "$(major "$chrome")" = "$(major "$driver")" ] ||
    fail "Chrome is version $(major "$chrome"), chromedriver $(major "$driver"); they must agree.
  CHROME is $chrome, CHROMEDRIVER $driver."
  # chromedriver finds its own browser, not necessarily this one: name it.
  webdriver_json="$PWD/target/webdriver.json"
  mkdir -p target
  CHROME="$chrome" node -e '
    const file = JSON.parse(require("fs").readFileSync("webdriver.json", "utf8"));
    file["goog:chromeOptions"].binary = process.env.CHROME;
    console.log(JSON.stringify(file));
  ' >"$webdriver_json"

  # Its runner runs tests in the browser; it must have exactly the library's version. Not
  # --locked: its lock file names a dependency that not every mirror still has, and any compatible
  # one does.
  cargo_tool wasm-bindgen-cli wasm-bindgen "$wasm_bindgen" 2

  # Firefox and WebKit, for what must work in every engine. Firefox is driven without a driver of
  # its own; WebKit needs its driver, and a screen.
  has_firefox() {
    has firefox-esr || has firefox || [ -x "${FIREFOX:-/Applications/Firefox.app/Contents/MacOS/firefox}" ]
  }
  if ! has_firefox && can_apt; then
    say "installing Firefox (about 30 seconds)"
    apt_install firefox-esr || true
  fi
  has_firefox || skip Firefox "install it, or set FIREFOX to its path"
  has_webkit() { has WebKitWebDriver && has Xvfb; }
  if ! has_webkit && can_apt; then
    say "installing WebKitGTK with its driver (about 30 seconds)"
    apt_install webkit2gtk-driver xvfb || true
  fi
  has_webkit || skip WebKit "on Debian install webkit2gtk-driver and xvfb; elsewhere there is none"

  # promtool: checks the exported Prometheus rules. Unpacked, not installed: the package would
  # start a server.
  if has promtool; then
    :
  elif [ -x "$cache/promtool/promtool" ]; then
    path="$cache/promtool:$path"
  elif can_apt; then
    say "fetching promtool (about 20 seconds)"
    apt_update
    mkdir -p "$cache/promtool"
    (
      cd "$cache/promtool"
      apt-get download -qq -o APT::Sandbox::User=root prometheus >&2
      dpkg-deb --fsys-tarfile prometheus_*.deb | tar -xf - --strip-components=3 ./usr/bin/promtool
      rm prometheus_*.deb
    )
    path="$cache/promtool:$path"
  else
    skip promtool "install it with Prometheus (macOS: brew install prometheus)"
  fi

  # kubectl: builds the exported kustomization. Unpacked for the same reason.
  if has kubectl; then
    :
  elif [ -x "$cache/kubectl/kubectl" ]; then
    path="$cache/kubectl:$path"
  elif can_apt; then
    say "fetching kubectl (about 10 seconds)"
    apt_update
    mkdir -p "$cache/kubectl"
    (
      cd "$cache/kubectl"
      apt-get download -qq -o APT::Sandbox::User=root kubernetes-client >&2
      dpkg-deb --fsys-tarfile kubernetes-client_*.deb | tar -xf - --strip-components=3 ./usr/bin/kubectl
      rm kubernetes-client_*.deb
    )
    path="$cache/kubectl:$path"
  else
    skip kubectl "install it (macOS: brew install kubernetes-cli)"
  fi

  # folder package==version …: tools from Python's index, in an environment of their own.
  python_tools() {
    local venv="$cache/$1"
    shift
    if [ ! -e "$venv/ready" ]; then
      if ! has python3 || ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
        can_apt && apt_install python3 python3-venv
      fi
      if has python3 && python3 -c 'import ensurepip, venv' 2>/dev/null; then
        say "installing $* (about 20 seconds)"
        rm -rf "$venv"
        if python3 -m venv "$venv" &&
          "$venv/bin/pip" install --quiet --disable-pip-version-check "$@"; then
          touch "$venv/ready"
        fi
      fi
    fi
    [ -e "$venv/ready" ] && path="$venv/bin:$path"
  }

  # kubernetes-validate and yamllint: check the exported manifests.
  python_tools "python-$kubernetes_validate-$yamllint" \
    "kubernetes-validate==$kubernetes_validate" "yamllint==$yamllint" || {
    skip kubernetes-validate "install Python 3 with venv, and let pip reach its index"
    skip yamllint "the same"
  }
  # MkDocs with the Material theme: a documentation site to embed the page in.
  python_tools "mkdocs-material-$mkdocs_material" "mkdocs-material==$mkdocs_material" ||
    skip mkdocs-material "install Python 3 with venv, and let pip reach its index"
  # SimPy: the engine that `make bench` sets ours beside.
  if python_tools "simpy-$simpy" "simpy==$simpy"; then
    simpy_python="$cache/simpy-$simpy/bin/python"
  else
    skip SimPy "install Python 3 with venv, and let pip reach its index"
  fi
fi

# ---- What was found ---------------------------------------------------------

mkdir -p target
{
  printf 'export PATH=%q:"$PATH"\n' "$path"
  printf 'export SKIPPED=%q\n' "$skipped"
  if [ -n "$chrome" ]; then
    printf 'export CHROME=%q CHROMEDRIVER=%q WASM_BINDGEN_TEST_WEBDRIVER_JSON=%q\n' \
      "$chrome" "$driver" "$webdriver_json"
  fi
  if [ -n "$simpy_python" ]; then
    printf 'export SIMPY=%q\n' "$simpy_python"
  fi
} >target/tools.env
