# What quickstart, test, bench and soak share: messages, packages, configuring and building.

source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
jobs=$(nproc)
# What was compiled in one folder need not be compiled in another.
export CCACHE_BASEDIR=$source_dir CCACHE_NOHASHDIR=1
[[ -w ${CCACHE_DIR:-${HOME:-/}} ]] || export CCACHE_DISABLE=1 # a user without a home has no cache

say() { printf '\n==> %s\n' "$*"; }
stop() { printf '\n==> %s\n' "$*" >&2; exit 1; }

# missing_packages LIST...: the packages of these files that dpkg does not know as installed.
missing_packages() {
  local package
  sed -e 's/#.*//' -e '/^ *$/d' "$@" | while read -r package; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' ||
      echo "$package"
  done
}

# need_packages LIST...: installs what is missing, and nothing else; asks for nothing if all is there.
need_packages() {
  local missing install=(apt-get install -y --no-install-recommends) as_root=()
  if ! command -v dpkg-query >/dev/null; then
    say "Not a Debian system: going on with what is installed ($(basename -a "$@" | xargs) name it)"
    return
  fi
  mapfile -t missing < <(missing_packages "$@")
  if ((${#missing[@]} == 0)); then
    say "All Debian packages needed are installed"
    return
  fi
  if (($(id -u) != 0)); then
    command -v sudo >/dev/null ||
      stop "Packages are missing. As root, run: apt-get update && ${install[*]} ${missing[*]}"
    as_root=(sudo)
  fi
  say "Installing ${#missing[@]} Debian packages: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  "${as_root[@]}" apt-get update -qq || say "The package lists could not be renewed; trying anyway"
  "${as_root[@]}" "${install[@]}" "${missing[@]}" </dev/null ||
    stop "Packages could not be installed. As root, run: ${install[*]} ${missing[*]}"
}

# build_dir NAME: where that build goes: under HEARD_BUILD_DIR, else in the source tree.
build_dir() {
  local dir=${HEARD_BUILD_DIR:-$source_dir/build}/$1
  mkdir -p "$dir" 2>/dev/null && [[ -w $dir ]] ||
    stop "Cannot write to $dir. Set HEARD_BUILD_DIR to a folder of yours and run this again."
  echo "$dir"
}

# configure DIR PRESET [-DOPTION=...]...: quiet unless it fails.
configure() {
  local dir=$1 preset=$2 log=$1/configure.log
  shift 2
  cmake -S "$source_dir" -B "$dir" -G Ninja -C "$source_dir/packaging/cmake/$preset.cmake" "$@" \
    >"$log" 2>&1 || { cat "$log" >&2; return 1; }
}
