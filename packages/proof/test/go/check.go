// Asks Go's own transparency log, golang.org/x/mod/sumdb, about notes, proofs and tiles of ours, and lets it make some.
// One JSON document on standard input, one on standard output.
package main

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type signedNote struct{ Note, Vkey string }

type record struct {
	Index, Size int64
	Leaf, Root  []byte
	Proof       [][]byte
}

type tree struct {
	Size1, Size2 int64
	Root1, Root2 []byte
	Proof        [][]byte
}

type asked struct {
	Notes   []signedNote
	Sign    struct{ Name, Text string }
	Leaves  [][]byte
	Records []record
	Trees   []tree
	Tiles   struct {
		Dir  string
		Size int64
		Root []byte
	}
}

type answer struct {
	Notes   []string
	Signed  signedNote
	Roots   [][]byte
	Records []string
	Trees   []string
	Made    struct {
		Records []record
		Trees   []tree
	}
	Tiles string
}

func main() {
	var in asked
	check(json.NewDecoder(os.Stdin).Decode(&in))
	var out answer
	for _, one := range in.Notes {
		out.Notes = append(out.Notes, said(open(one)))
	}
	if in.Sign.Name != "" {
		out.Signed = sign(in.Sign.Name, in.Sign.Text)
	}
	for _, one := range in.Records {
		proof := tlog.RecordProof(hashes(one.Proof))
		out.Records = append(out.Records, said(tlog.CheckRecord(proof, one.Size, hash(one.Root), one.Index, hash(one.Leaf))))
	}
	for _, one := range in.Trees {
		proof := tlog.TreeProof(hashes(one.Proof))
		out.Trees = append(out.Trees, said(tlog.CheckTree(proof, one.Size2, hash(one.Root2), one.Size1, hash(one.Root1))))
	}
	if len(in.Leaves) > 0 {
		grow(in.Leaves, &out)
	}
	if in.Tiles.Dir != "" {
		out.Tiles = said(readTiles(in.Tiles.Dir, in.Tiles.Size, hash(in.Tiles.Root)))
	}
	check(json.NewEncoder(os.Stdout).Encode(out))
}

func open(one signedNote) error {
	verifier, err := note.NewVerifier(one.Vkey)
	if err != nil {
		return err
	}
	_, err = note.Open([]byte(one.Note), note.VerifierList(verifier))
	return err
}

func sign(name, text string) signedNote {
	secret, public, err := note.GenerateKey(rand.Reader, name)
	check(err)
	signer, err := note.NewSigner(secret)
	check(err)
	signed, err := note.Sign(&note.Note{Text: text}, signer)
	check(err)
	return signedNote{Note: string(signed), Vkey: public}
}

// grow makes a log of the leaves: its root at every size, and proofs of all of them and between many sizes.
func grow(leaves [][]byte, out *answer) {
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var found []tlog.Hash
		for _, index := range indexes {
			found = append(found, stored[index])
		}
		return found, nil
	})
	root := func(size int64) tlog.Hash {
		made, err := tlog.TreeHash(size, reader)
		check(err)
		return made
	}
	for i, leaf := range leaves {
		more, err := tlog.StoredHashes(int64(i), leaf, reader)
		check(err)
		stored = append(stored, more...)
		made := root(int64(i) + 1)
		out.Roots = append(out.Roots, made[:])
	}
	size := int64(len(leaves))
	whole := root(size)
	for index := int64(0); index < size; index++ {
		proof, err := tlog.ProveRecord(size, index, reader)
		check(err)
		leaf := tlog.RecordHash(leaves[index])
		made := record{Index: index, Size: size, Leaf: leaf[:], Root: append([]byte{}, whole[:]...), Proof: texts(proof)}
		out.Made.Records = append(out.Made.Records, made)
		if index == 0 {
			continue
		}
		between, err := tlog.ProveTree(size, index, reader)
		check(err)
		older := root(index)
		out.Made.Trees = append(out.Made.Trees, tree{Size1: index, Size2: size, Root1: older[:], Root2: whole[:], Proof: texts(between)})
	}
}

// tiles reads a tlog-tiles folder; Go's paths have the height in them, those of c2sp.org/tlog-tiles have not.
type tiles struct{ dir string }

func (t tiles) Height() int { return 8 }

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range wanted {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		data, err := os.ReadFile(filepath.Join(t.dir, path))
		if err != nil {
			return nil, err
		}
		found = append(found, data)
	}
	return found, nil
}

func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

// readTiles has every leaf of the folder proved from its tiles, up to the root.
func readTiles(dir string, size int64, root tlog.Hash) error {
	reader := tlog.TileHashReader(tlog.Tree{N: size, Hash: root}, tiles{dir})
	made, err := tlog.TreeHash(size, reader)
	if err != nil {
		return err
	}
	if made != root {
		return fmt.Errorf("the tiles lead to another root")
	}
	for index := int64(0); index < size; index++ {
		entry, err := readEntry(dir, size, index)
		if err != nil {
			return err
		}
		proof, err := tlog.ProveRecord(size, index, reader)
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(proof, size, root, index, tlog.RecordHash(entry)); err != nil {
			return err
		}
	}
	return nil
}

// readEntry finds an entry in its bundle: for each a length of two bytes, then its bytes.
func readEntry(dir string, size, index int64) ([]byte, error) {
	tile := tlog.Tile{H: 8, L: -1, N: index / 256, W: 256}
	if size-tile.N*256 < 256 {
		tile.W = int(size - tile.N*256)
	}
	path := strings.Replace(tile.Path(), "tile/8/data/", "tile/entries/", 1)
	data, err := os.ReadFile(filepath.Join(dir, path))
	for at := index % 256; err == nil; at-- {
		if len(data) < 2 || len(data) < 2+int(data[0])*256+int(data[1]) {
			return nil, fmt.Errorf("%s is cut short", path)
		}
		end := 2 + int(data[0])*256 + int(data[1])
		if at == 0 {
			return data[2:end], nil
		}
		data = data[end:]
	}
	return nil, err
}

func hash(data []byte) (made tlog.Hash) {
	copy(made[:], data)
	return made
}

func hashes(all [][]byte) (made []tlog.Hash) {
	for _, one := range all {
		made = append(made, hash(one))
	}
	return made
}

func texts(all []tlog.Hash) [][]byte {
	made := [][]byte{}
	for _, one := range all {
		made = append(made, append([]byte{}, one[:]...))
	}
	return made
}

func said(err error) string {
	if err == nil {
		return "holds"
	}
	return err.Error()
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
