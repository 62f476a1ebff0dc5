# Completion of wfstore(1) for bash. What may follow is asked of the tool: its
# own --help, and the store for ids.

_wfstore_options() {
    "$1" ${2:+"$2"} --help 2>/dev/null |
        awk '$1 ~ /^--[a-z]/ && /^  / { print $1 }'
}

_wfstore_commands() {
    "$1" --help 2>/dev/null |
        awk '/^Commands:/ { on = 1; next } !NF { on = 0 } on { print $1 }'
}

# The first word that is neither an option nor the value of one.
_wfstore_command() {
    local i
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        --store) [[ ${COMP_WORDS[++i]} != = ]] || ((i++)) ;;
        -*) ;;
        *)
            echo "${COMP_WORDS[i]}"
            return
            ;;
        esac
    done
}

# --store DIR as it stands on this line.
_wfstore_store() {
    local i
    for ((i = 1; i < COMP_CWORD; i++)); do
        if [[ ${COMP_WORDS[i]} == --store ]]; then
            ((i++))
            [[ ${COMP_WORDS[i]} != = ]] || ((i++))
            printf '%s\n' --store "${COMP_WORDS[i]}"
            return
        fi
    done
}

_wfstore_ids() {
    local store
    mapfile -t store < <(_wfstore_store)
    "$1" "${store[@]}" ls --ids "${@:2}" 2>/dev/null | head -n 1000
}

_wfstore() {
    local tool=$1 word=$2 before=$3 command words=
    command=$(_wfstore_command)
    COMPREPLY=()
    if [[ $before == = ]]; then
        before=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    case $before in
    --store) mapfile -t COMPREPLY < <(compgen -d -- "$word") && return ;;
    --sort) words='timestamp name duration size
        -timestamp -name -duration -size' ;;
    --method) words='clone link copy' ;;
    --rate | --query | --name | --upload-expiry | --retention) return ;;
    *)
        case $command:$word in
        *:-*) words=$(_wfstore_options "$tool" "$command") ;;
        :*) words=$(_wfstore_commands "$tool") ;;
        show:*) words=$(_wfstore_ids "$tool" && _wfstore_ids "$tool" --uploads) ;;
        salvage:*/*)
            mapfile -t COMPREPLY < <(compgen -f -- "$word")
            return
            ;;
        salvage:*) words=$(_wfstore_ids "$tool" --uploads) ;;
        backup:* | gc:*)
            mapfile -t COMPREPLY < <(compgen -d -- "$word")
            return
            ;;
        esac
        ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}

complete -o filenames -F _wfstore wfstore
